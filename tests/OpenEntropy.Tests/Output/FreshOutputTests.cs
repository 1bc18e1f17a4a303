using OpenEntropy.Drbg;
using OpenEntropy.Output;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Output;

public sealed class FreshOutputTests : IAsyncDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    private readonly GeneratorBench _bench = new();
    private readonly ScriptedPool _scripted = new(null, ScriptedPool.TwoLively());
    private readonly OutputCounts _counts = new();
    private readonly GeneratorSet _generators;
    private readonly FreshOutput _fresh;

    public FreshOutputTests()
    {
        _generators = new GeneratorSet(1, _ => _bench.Create());
        _fresh = new FreshOutput(_generators, _bench.Pool, _bench.Watch, _counts, _scripted.Pool.Parts.Report, _bench.Time);
    }

    public async ValueTask DisposeAsync()
    {
        _generators.Dispose();
        _bench.Dispose();
        await _scripted.DisposeAsync();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(65_536, 1)]
    [InlineData(65_537, 2)]
    [InlineData(196_608, 3)]
    public async Task FillAsync_WithBlocks_TakesOneForEveryGenerateCall(int length, int seeds)
    {
        _bench.AddBlocks(1, 2, 3, 4);
        Assert.Null(await _fresh.FillAsync(new byte[length], TimeSpan.Zero, CancellationToken.None));
        Assert.Equal(seeds, _bench.Pool.Counts.Used);
        Assert.Equal(seeds, _generators.Counts().Seedings.Sum());
        Assert.Equal(seeds, _generators.Counts().GenerateCalls);
        Assert.Equal(length, _counts.Drbg);
    }

    [Fact]
    public async Task FillAsync_SecondRequestOnAnEmptyPool_RefusesRatherThanFallBack()
    {
        _bench.AddBlocks(1);
        Assert.Null(await _fresh.FillAsync(new byte[16], TimeSpan.Zero, CancellationToken.None));
        var destination = ScriptedBytes.Of(16, 1);
        Assert.NotNull(await _fresh.FillAsync(destination, TimeSpan.Zero, CancellationToken.None));
        Assert.Equal(new byte[16], destination);
        Assert.Equal(1, _generators.Counts().GenerateCalls);
        Assert.True(_generators.TryFill(destination));
    }

    [Fact]
    public async Task FillAsync_OneBlockShort_TakesNone()
    {
        _bench.AddBlocks(1);
        Assert.NotNull(await _fresh.FillAsync(new byte[65_537], TimeSpan.Zero, CancellationToken.None));
        Assert.Equal(1, _bench.Pool.Counts.Available);
    }

    [Fact]
    public async Task FillAsync_ManyAtOnceWithEnoughForSome_SoManySucceedAndNothingIsLost()
    {
        const int Requests = 8;
        using var several = new GeneratorSet(4, _ => _bench.Create());
        var fresh = new FreshOutput(several, _bench.Pool, _bench.Watch, _counts, _scripted.Pool.Parts.Report, _bench.Time);
        for (var round = 0; round < 50; round++)
        {
            _bench.AddBlocks(1, 2, 3, 4, 5);
            var all = Enumerable
                .Range(0, Requests)
                .Select(_ => Task.Run(async () => await fresh.FillAsync(new byte[65_537], TimeSpan.Zero, CancellationToken.None)));
            var refusals = await Task.WhenAll(all);
            var expected = (5 + (round % 2)) / 2;
            Assert.Equal(expected, refusals.Count(refusal => refusal is null));
            Assert.Equal(1 - (round % 2), _bench.Pool.Counts.Available);
        }

        Assert.Equal(_bench.Pool.Counts.Used, several.Counts().Seedings.Sum());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(65_536, 1)]
    [InlineData(65_537, 2)]
    [InlineData(int.MaxValue, 32_768)]
    public void CallsFor_AnyLength_IsRoundedUp(int length, int calls) => Assert.Equal(calls, Generator.CallsFor(length));

    [Fact]
    public async Task FillAsync_BlockComesInTime_Fills()
    {
        var filling = _fresh.FillAsync(new byte[16], s_timeout, CancellationToken.None).AsTask();
        Assert.False(filling.IsCompleted);
        _bench.AddBlocks(1);
        Assert.Null(await filling);
    }

    [Fact]
    public async Task FillAsync_PoolDisposedMeanwhile_EndsTheWait()
    {
        var filling = _fresh.FillAsync(new byte[16], s_timeout, CancellationToken.None).AsTask();
        _bench.Pool.Dispose();
        Assert.NotNull(await filling);
    }

    [Fact]
    public async Task FillAsync_MoreThanAFullPoolAllows_Throws()
    {
        Assert.Equal(16 * 65_536, _fresh.MaximumBytes);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            _fresh.FillAsync(new byte[(16 * 65_536) + 1], TimeSpan.Zero, CancellationToken.None).AsTask()
        );
    }
}
