using OpenEntropy.Drbg;
using OpenEntropy.Output;
using OpenEntropy.Tests.Drbg;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Output;

public sealed class LimitedOutputTests : IAsyncDisposable
{
    private const int BlockBytes = CtrDrbg.SeedBytes;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    private readonly GeneratorBench _bench = new();
    private readonly ScriptedPool _scripted = new(null, ScriptedPool.TwoLively());
    private readonly OutputCounts _counts = new();
    private readonly GeneratorSet _generators;
    private readonly LimitedOutput _limited;

    public LimitedOutputTests()
    {
        _generators = new GeneratorSet(1, _ => _bench.Create());
        _limited = new LimitedOutput(_generators, _bench.Pool, _bench.Watch, _counts, _scripted.Pool.Parts.Report, _bench.Time);
    }

    public async ValueTask DisposeAsync()
    {
        _generators.Dispose();
        _bench.Dispose();
        await _scripted.DisposeAsync();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(48, 1)]
    [InlineData(49, 2)]
    [InlineData(100, 3)]
    public async Task FillAsync_WithBlocks_IsTheOldestBlocksXorGeneratorOutput(int length, int blocks)
    {
        _bench.AddBlocks(1, 2, 3, 4);
        var reference = new ReferenceCtrDrbg(_bench.Block(4), _bench.Personalization);
        reference.Generate(0, _bench.OsRandom(1)); // the look whether there is a seed
        var generated = reference.Generate(length, _bench.OsRandom(2));
        byte[] seeds = [.. _bench.Block(1), .. _bench.Block(2), .. _bench.Block(3)];
        var destination = new byte[length];
        Assert.Null(await Fill(destination));
        Assert.Equal(generated.Zip(seeds, (a, b) => (byte)(a ^ b)), destination);
        Assert.Equal(1 + blocks, _bench.Pool.Counts.Used);
        Assert.Equal((length, 0L), (_counts.Limited, _counts.Drbg));
    }

    [Fact]
    public async Task FillAsync_OneBlockShort_TakesNoneAndZeroes()
    {
        _bench.AddBlocks(1, 2, 3);
        var destination = ScriptedBytes.Of((2 * BlockBytes) + 1, 1);
        var refused = await Fill(destination);
        Assert.NotNull(refused);
        Assert.Equal(-1, destination.AsSpan().IndexOfAnyExcept((byte)0));
        Assert.Equal(2, _bench.Pool.Counts.Available);
        Assert.Equal(0, _counts.Limited);
    }

    [Fact]
    public async Task FillAsync_WithoutASeed_RefusesAndZeroes()
    {
        var destination = ScriptedBytes.Of(16, 1);
        Assert.Equal(RefusalReason.Starting, (await Fill(destination))?.Reason);
        Assert.Equal(new byte[16], destination);
    }

    [Fact]
    public async Task FillAsync_AfterAWait_GeneratesAfterIt()
    {
        // A machine cloned during the wait: what was generated before it exists twice and must not be given.
        _bench.AddBlocks(1);
        var destination = new byte[16];
        var filling = _limited.FillAsync(destination, s_timeout, CancellationToken.None).AsTask();
        Assert.Single(_bench.OsRandomCalls);
        _bench.AddBlocks(2);
        Assert.Null(await filling);
        var reference = new ReferenceCtrDrbg(_bench.Block(1), _bench.Personalization);
        reference.Generate(0, _bench.OsRandom(1));
        var generated = reference.Generate(16, _bench.OsRandom(2));
        Assert.Equal(generated.Zip(_bench.Block(2), (a, b) => (byte)(a ^ b)), destination);
    }

    [Fact]
    public async Task FillAsync_ResumedDuringTheWait_UsesNoBlockFromBefore()
    {
        _bench.AddBlocks(1);
        var destination = ScriptedBytes.Of(2 * BlockBytes, 1);
        var filling = _limited.FillAsync(destination, s_timeout, CancellationToken.None).AsTask();
        _bench.Pool.Add(_bench.Block(2), epoch: 0);
        _bench.Clocks = (1_000_000_000, 1_000_000_000);
        _bench.Pool.Add(_bench.Block(3), epoch: 0);
        Assert.True(SpinWait.SpinUntil(() => _bench.Watch.Epoch == 1, TimeSpan.FromSeconds(30)));
        _bench.Time.Advance(s_timeout);
        Assert.NotNull(await filling);
        Assert.Equal(-1, destination.AsSpan().IndexOfAnyExcept((byte)0));
        Assert.Equal(2, _bench.Pool.Counts.Discarded);
    }

    [Fact]
    public async Task FillAsync_TimeRunsOut_RefusesAndZeroes()
    {
        _bench.AddBlocks(1);
        var destination = ScriptedBytes.Of(16, 1);
        var filling = _limited.FillAsync(destination, s_timeout, CancellationToken.None).AsTask();
        _bench.Time.Advance(s_timeout);
        Assert.NotNull(await filling);
        Assert.Equal(new byte[16], destination);
    }

    [Fact]
    public async Task FillAsync_CancelledWhileWaiting_LeavesNothingBehind()
    {
        using var cancellation = new CancellationTokenSource();
        _bench.AddBlocks(1);
        var destination = ScriptedBytes.Of(16, 1);
        var filling = _limited.FillAsync(destination, s_timeout, cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => filling);
        Assert.Equal(new byte[16], destination);
    }

    [Fact]
    public async Task FillAsync_MoreThanAFullPoolBacks_Throws()
    {
        Assert.Equal(16 * BlockBytes, _limited.MaximumBytes);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Fill(new byte[(16 * BlockBytes) + 1]));
    }

    private Task<EntropyRefusal?> Fill(byte[] destination) =>
        _limited.FillAsync(destination, TimeSpan.Zero, CancellationToken.None).AsTask();
}
