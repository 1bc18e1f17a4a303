using System.Net;
using System.Net.Sockets;
using System.Text;
using OpenEntropy.Drbg;
using OpenEntropy.Server.Errors;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Faults;

/// <summary>Answers that run dry before their end, on Kestrel, over TCP. No test takes a reset for the end where a close is meant.</summary>
public sealed class BrokenOffTests
{
    [Fact]
    public async Task Get_RawRunsDryInMidAnswer_BreaksTheConnectionOff()
    {
        using var release = new ManualResetEventSlim();
        await using var factory = Create();
        using var ready = await factory.CreateReadyClientAsync();
        await ready.UntilStateAsync("a", "healthy");
        using var client = new RawClient();

        await client.AskAsync(ready.BaseAddress!, "/api/v1/random?raw=true&source=a&format=bytes&length=50000000&timeout=1");
        var first = await client.ReadAsync(5000);
        factory.Sources[0].Hang = release;
        var rest = await client.ReadToCloseAsync();
        release.Set();

        AssertIncomplete([.. first, .. rest], promised: 50_000_000);
        Assert.Empty(factory.Logs.ErrorsButBrokenOff);
        Assert.Equal(1, await BrokenOffAsync(ready, "/api/v1/random", "source_slow"));
    }

    [Fact]
    public async Task Get_FreshRunsDryInMidAnswer_BreaksTheConnectionOff()
    {
        const int Length = 64 * 65_536;
        await using var factory = Create(("OpenEntropy:Pool:Capacity", "64"));
        using var ready = await factory.CreateReadyClientAsync();
        await StopHarvestAsync(factory, ready, least: 40);
        await DrainToAsync(ready, 40);
        using var client = new RawClient();

        // 16 reseeds for each MiB: the third finds too few blocks.
        await client.AskAsync(ready.BaseAddress!, $"/api/v1/random?fresh=true&format=bytes&length={Length}");
        var answer = await client.ReadToCloseAsync();

        AssertIncomplete(answer, Length);
        Assert.Empty(factory.Logs.ErrorsButBrokenOff);
        Assert.Equal(1, await BrokenOffAsync(ready, "/api/v1/random", "pool_dry"));
    }

    [Fact]
    public async Task Get_StreamRunsDryBehindOtherAnswers_TheyArriveWholeAndTheLogIsSilent()
    {
        const string Answer = "/api/v1/random?format=bytes&length=30000";
        await using var factory = Create(("OpenEntropy:Logging:Files", "true"));
        using var ready = await factory.CreateReadyClientAsync();
        await StopHarvestAsync(factory, ready, least: 8);
        using var client = new RawClient();

        await client.AskAsync(ready.BaseAddress!, Answer, Answer, "/api/v1/stream?conditioning=limited&timeout=0");
        var answers = await client.ReadToCloseAsync();

        var second = answers.AsSpan(1).IndexOf("HTTP/1.1 200"u8) + 1;
        var third = answers.AsSpan(second + 1).IndexOf("HTTP/1.1 200"u8) + second + 1;
        foreach (var whole in new[] { answers[..second], answers[second..third] })
        {
            Assert.Equal(30_000, whole.Length - whole.AsSpan().IndexOf("\r\n\r\n"u8) - 4);
        }

        // A chunk or more (RFC 9112, 7.1), and not the last.
        Assert.InRange(answers.Length - third - answers.AsSpan(third).IndexOf("\r\n\r\n"u8) - 4, 1, int.MaxValue);
        Assert.False(answers.AsSpan().EndsWith("0\r\n\r\n"u8));
        Assert.DoesNotContain(nameof(BrokenOffException), await factory.ReadLogFilesAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await BrokenOffAsync(ready, "/api/v1/stream", "pool_dry"));
    }

    [Theory]
    [InlineData("stream?conditioning=limited&timeout=0")]
    [InlineData("stream?conditioning=limited&timeout=0&format=hex")]
    public async Task Get_StreamRunsDryOnHttp10_EndsWithAResetSinceACloseWouldBeItsEnd(string answer)
    {
        await using var factory = Create();
        using var ready = await factory.CreateReadyClientAsync();
        await StopHarvestAsync(factory, ready, least: 8);
        using var client = new RawClient();

        await client.SendAsync(ready.BaseAddress!, $"GET /api/v1/{answer} HTTP/1.0\r\n\r\n");
        var end = await Assert.ThrowsAsync<SocketException>(client.ReadToCloseAsync);

        Assert.Equal(SocketError.ConnectionReset, end.SocketErrorCode);
        Assert.Empty(factory.Logs.Errors);
        Assert.Equal(1, await BrokenOffAsync(ready, "/api/v1/stream", "pool_dry"));
    }

    [Fact]
    public async Task Get_LengthRunsDryOnHttp10_EndsWithACloseSinceTheLengthTells()
    {
        const int Length = 1_000_000;
        await using var factory = Create();
        using var ready = await factory.CreateReadyClientAsync();
        await StopHarvestAsync(factory, ready, least: 8);
        using var client = new RawClient();

        await client.SendAsync(ready.BaseAddress!, $"GET /api/v1/stream?conditioning=limited&timeout=0&length={Length} HTTP/1.0\r\n\r\n");

        AssertIncomplete(await client.ReadToCloseAsync(), Length);
        Assert.Empty(factory.Logs.ErrorsButBrokenOff);
    }

    [Theory]
    [InlineData("HTTP/1.1", false)]
    [InlineData("HTTP/1.0", true)]
    public async Task Get_SeedGrowsTooOldWhileElementsAreRead_BreaksTheConnectionOff(string protocol, bool byReset)
    {
        var time = new ManualTimeProvider();
        await using var factory = new ServerFactory { Time = time, SendBuffer = 4096 }.OnKestrel();
        using var ready = await factory.CreateReadyClientAsync();
        await StopHarvestAsync(factory, ready, least: 8);
        using var client = new RawClient();
        await client.SendAsync(ready.BaseAddress!, $"GET /api/v1/random?type=uint16&length=65536 {protocol}\r\nHost: localhost\r\n\r\n");
        var first = await client.ReadAsync(1000);

        // Every block was completed at the first moment of this clock.
        time.Advance(new DrbgOptions().MaximumSeedAge + TimeSpan.FromTicks(1));

        if (byReset)
        {
            var end = await Assert.ThrowsAsync<SocketException>(client.ReadToCloseAsync);
            Assert.Equal(SocketError.ConnectionReset, end.SocketErrorCode);
        }
        else
        {
            var answer = Encoding.ASCII.GetString([.. first, .. await client.ReadToCloseAsync()]);
            Assert.Contains("Transfer-Encoding: chunked", answer, StringComparison.Ordinal);
            Assert.False(answer.EndsWith("0\r\n\r\n", StringComparison.Ordinal));
        }

        Assert.Empty(factory.Logs.ErrorsButBrokenOff);
        Assert.Equal(1, await BrokenOffAsync(ready, "/api/v1/random", "seed_too_old"));
    }

    private static ServerFactory Create(params (string, string)[] settings) =>
        new ServerFactory([
            ("OpenEntropy:Randomness:AllowRaw", "true"),
            ("OpenEntropy:Harvest:RawCpuBudget", "1"),
            ("OpenEntropy:Harvest:CpuBudget", "0.2"),
            .. settings,
        ])
        {
            Sources = [new("a"), new("b")],
        }.OnKestrel();

    /// <summary>Lets the pool fill to so many blocks, and no further.</summary>
    private static async Task StopHarvestAsync(ServerFactory factory, HttpClient client, int least)
    {
        await client.UntilAvailableAsync(least);
        foreach (var source in factory.Sources)
        {
            source.Failure = new InvalidOperationException("unplugged");
        }

        foreach (var source in factory.Sources)
        {
            await client.UntilStateAsync(source.Info.Name, "failed");
        }
    }

    /// <summary>Spends blocks until no more than so many are left.</summary>
    private static async Task DrainToAsync(HttpClient client, int blocks)
    {
        while (await client.AvailableAsync() is var available && available > blocks)
        {
            var bytes = Math.Min(available - blocks, 1000) * 48;
            using var answer = await client.GetAsync(
                new Uri($"/api/v1/random?conditioning=limited&format=bytes&length={bytes}", UriKind.Relative)
            );
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private static Task<double> BrokenOffAsync(HttpClient client, string route, string reason) =>
        client.MetricAsync($"openentropy_answers_broken_off_total{{reason=\"{reason}\",route=\"{route}\"}}");

    /// <summary>Status 200, the whole length promised, some of it, not all of it, and then the end of the connection.</summary>
    private static void AssertIncomplete(byte[] answer, int promised)
    {
        var end = answer.AsSpan().IndexOf("\r\n\r\n"u8);
        var head = Encoding.ASCII.GetString(answer, 0, end);
        Assert.StartsWith("HTTP/1.1 200 OK", head, StringComparison.Ordinal);
        Assert.Contains($"Content-Length: {promised}", head, StringComparison.Ordinal);
        Assert.InRange(answer.Length - end - 4, 1, promised - 1);
    }
}
