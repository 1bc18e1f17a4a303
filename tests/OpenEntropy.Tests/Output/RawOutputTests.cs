using OpenEntropy.Noise;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Output;

public sealed class RawOutputTests
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task TryGetRawAsync_OfOneSource_GivesItsSamplesInOrderAndCreditsNone()
    {
        await using var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        var destination = new byte[100];
        var reading = scripted.Pool.TryGetRawAsync(["one"], destination, s_timeout, CancellationToken.None).AsTask();
        RawTurnsUntil(scripted, reading);
        Assert.Null(await reading);

        // Opening the source may have used up its first samples; from there on none is missing and none is changed.
        var script = Enumerable.Range(0, 1_000).Select(i => ScriptedNoiseSource.Lively(i)).ToArray();
        Assert.True(script.AsSpan().IndexOf(destination) >= 0);
        Assert.Equal(0, scripted.Pool.Status.AssessedBitsIn);
        Assert.Equal(100, scripted.Pool.Status.RawOutputBytes);
    }

    [Fact]
    public async Task TryGetRawAsync_OfTwoSources_IsTheirXor()
    {
        await using var scripted = new ScriptedPool(
            null,
            new ScriptedNoiseSource("one"),
            new ScriptedNoiseSource("two", i => (byte)(ScriptedNoiseSource.Lively(i) ^ 0x5A))
        );
        var destination = new byte[100];
        var reading = scripted.Pool.TryGetRawAsync(["one", "two"], destination, s_timeout, CancellationToken.None).AsTask();
        RawTurnsUntil(scripted, reading);
        Assert.Null(await reading);
        Assert.Equal(Enumerable.Repeat((byte)0x5A, 100), destination);
    }

    [Fact]
    public async Task TrySelectRaw_OfSeveral_LeavesGeneratorsOut()
    {
        await using var scripted = new ScriptedPool(
            null,
            new ScriptedNoiseSource("one"),
            new("two"),
            new ScriptedNoiseSource("device") { Origin = NoiseOrigin.Vendor }
        );
        Assert.True(scripted.Pool.TrySelectRaw("one,two,device", out var members, out _));
        Assert.Equal(["one", "two"], members);
        Assert.True(scripted.Pool.TrySelectRaw("device", out members, out _));
        Assert.Equal(["device"], members);
        Assert.True(scripted.Pool.TrySelectRaw(null, out members, out _));
        Assert.Equal(["one", "two"], members);
        Assert.False(scripted.Pool.TrySelectRaw("nothing_like_it", out members, out var error));
        Assert.Contains("nothing_like_it", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("all")]
    [InlineData("device")]
    public async Task TrySelectRaw_OneEnabledThatMayNotBeCombined_IsTakenAlone(string? selection)
    {
        await using var scripted = new ScriptedPool(
            null,
            new ScriptedNoiseSource("device") { Origin = NoiseOrigin.Vendor },
            new ScriptedNoiseSource("absent") { Unavailable = "it is a script" }
        );
        Disable(scripted, "hardware_trng.tpm");
        Assert.True(scripted.Pool.TrySelectRaw(selection, out var members, out var error), error);
        Assert.Equal(["device"], members);
    }

    [Theory]
    [InlineData(null, "no noise source is fit to be combined; ask for one by name: device, other")]
    [InlineData("novel", "none of the noise sources that 'novel' names is fit to be combined; ask for one by name: device, other")]
    public async Task TrySelectRaw_SeveralEnabledNoneToBeCombined_NamesThem(string? selection, string message)
    {
        await using var scripted = new ScriptedPool(
            null,
            new ScriptedNoiseSource("device") { Origin = NoiseOrigin.Vendor },
            new ScriptedNoiseSource("other") { Origin = NoiseOrigin.Vendor }
        );
        Disable(scripted, "hardware_trng.tpm");
        Assert.False(scripted.Pool.TrySelectRaw(selection, out var members, out var error));
        Assert.EndsWith(message, error, StringComparison.Ordinal);
        Assert.Empty(members);
    }

    [Fact]
    public async Task TrySelectRaw_PrivateSource_IsRefusedAloneAndLeftOutOfSeveral()
    {
        await using var scripted = new ScriptedPool(
            null,
            new ScriptedNoiseSource("one"),
            new("two"),
            new ScriptedNoiseSource("ear") { Private = true }
        );
        Assert.False(scripted.Pool.TrySelectRaw("ear", out var members, out var error));
        Assert.Equal("no raw samples of ear: its samples may tell of people: they are neither recorded nor served raw nor assessed", error);
        Assert.Empty(members);
        foreach (var selection in (string?[])[null, "novel", "one,two,ear", "all"])
        {
            Assert.True(scripted.Pool.TrySelectRaw(selection, out members, out _));
            Assert.Equal(["one", "two"], members);
        }

        Assert.True(scripted.Pool.TrySelectRaw("one,ear", out members, out _));
        Assert.Equal(["one"], members);
    }

    [Fact]
    public async Task TryGetRawAsync_PrivateSource_ThrowsAndZeroes()
    {
        await using var scripted = new ScriptedPool(null, new ScriptedNoiseSource("one"), new("ear") { Private = true });
        var destination = ScriptedBytes.Of(16, 1);
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await scripted.Pool.TryGetRawAsync(["one", "ear"], destination, s_timeout, CancellationToken.None)
        );
        Assert.Equal(new byte[16], destination);
    }

    [Fact]
    public async Task TrySelectRaw_OfASourceThatDoesNotRun_SaysWhyAndNamesNone()
    {
        await using var scripted = new ScriptedPool(
            null,
            new ScriptedNoiseSource("one"),
            new ScriptedNoiseSource("absent") { Unavailable = "it is a script" }
        );
        Assert.False(scripted.Pool.TrySelectRaw("absent", out var members, out var error));
        Assert.Equal("absent gives no samples: it is unavailable (it is a script)", error);
        Assert.Empty(members);

        Disable(scripted, "one");
        Assert.False(scripted.Pool.TrySelectRaw("one", out _, out error));
        Assert.StartsWith("one gives no samples: it is disabled", error, StringComparison.Ordinal);
        Assert.False(scripted.Pool.TrySelectRaw("one,absent", out _, out error));
        Assert.Equal("none of the noise sources that 'one,absent' names is enabled and available, so none gives samples", error);
    }

    [Fact]
    public async Task TryGetRawAsync_TimeRunsOut_RefusesAndZeroes()
    {
        await using var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        var destination = ScriptedBytes.Of(16, 1);
        var reading = scripted.Pool.TryGetRawAsync(["one"], destination, s_timeout, CancellationToken.None).AsTask();
        scripted.Time.Advance(s_timeout);
        Assert.Equal(RefusalReason.SourceSlow, (await reading)?.Reason);
        Assert.Equal(new byte[16], destination);
    }

    [Fact]
    public async Task TryGetRawAsync_OfASourceThatIsNotThere_RefusesAndZeroes()
    {
        await using var scripted = new ScriptedPool(null, new ScriptedNoiseSource("one") { Unavailable = "it is a script" });
        var destination = ScriptedBytes.Of(16, 1);
        var refused = await scripted.Pool.TryGetRawAsync(["one"], destination, s_timeout, CancellationToken.None);
        Assert.Equal(RefusalReason.NoEntropy, refused?.Reason);
        Assert.Contains("it is a script", refused!.Message, StringComparison.Ordinal);
        Assert.Equal(new byte[16], destination);
    }

    [Fact]
    public async Task TryGetRawAsync_AfterDisposal_RefusesAtOnce()
    {
        var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        await scripted.DisposeAsync();
        var refused = await scripted.Pool.TryGetRawAsync(["one"], new byte[16], s_timeout, CancellationToken.None);
        Assert.Equal(RefusalReason.Stopped, refused?.Reason);
    }

    [Theory]
    [InlineData()]
    [InlineData("one", "one")]
    [InlineData("three")]
    public async Task TryGetRawAsync_NoOrUnknownOrRepeatedMembers_Throws(params string[] members)
    {
        await using var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        await Assert.ThrowsAsync<ArgumentException>(() =>
            scripted.Pool.TryGetRawAsync(members, new byte[16], s_timeout, CancellationToken.None).AsTask()
        );
    }

    private static void Disable(ScriptedPool scripted, string name) => scripted.Pool.Parts.FindSource(name)!.Disable();

    private static void RawTurnsUntil(ScriptedPool scripted, Task<EntropyRefusal?> reading)
    {
        for (var i = 0; i < 20_000 && !reading.IsCompleted; i++)
        {
            if (!scripted.Pool.Parts.Harvester.RunRawTurn())
                Thread.Yield();
        }
    }
}
