using OpenEntropy.Pool;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Pool;

public sealed class SeedPoolWaitTests : IDisposable
{
    private const int BlockBytes = 32;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    private readonly ManualTimeProvider _time = new();
    private readonly SeedPool _pool;

    public SeedPoolWaitTests() => _pool = new SeedPool(8, BlockBytes, TimeSpan.FromMinutes(10), _time);

    public void Dispose() => _pool.Dispose();

    [Fact]
    public async Task WaitAsync_EnoughBlocks_IsTrueAtOnce()
    {
        Add();
        Assert.True(await _pool.WaitAsync(1, TimeSpan.Zero, CancellationToken.None));
        Assert.Equal(0, _time.PendingTimers);
    }

    [Fact]
    public async Task WaitAsync_NoTimeToWait_IsFalseAtOnce() =>
        Assert.False(await _pool.WaitAsync(1, TimeSpan.Zero, CancellationToken.None));

    [Fact]
    public async Task WaitAsync_LastBlockWantedComes_IsTrue()
    {
        var waiting = Wait(2);
        Add();
        Assert.True(SpinWait.SpinUntil(() => _time.PendingTimers == 1, TimeSpan.FromSeconds(30)));
        Assert.False(waiting.IsCompleted);
        Add();
        Assert.True(await waiting);
    }

    [Fact]
    public async Task WaitAsync_TimeRunsOut_IsFalse()
    {
        var waiting = Wait(1);
        _time.Advance(s_timeout - TimeSpan.FromTicks(1));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.False(await waiting);
    }

    [Fact]
    public async Task WaitAsync_Cancelled_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = _pool.WaitAsync(1, s_timeout, cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task WaitAsync_BlockComesAndExpires_IsFalse()
    {
        var waiting = _pool.WaitAsync(2, TimeSpan.FromMinutes(11), CancellationToken.None).AsTask();
        Add();
        _time.Advance(TimeSpan.FromMinutes(10.5));
        Add();
        Assert.Equal(1, _pool.Counts.Available);
        _time.Advance(TimeSpan.FromMinutes(0.5));
        Assert.False(await waiting);
    }

    [Fact]
    public async Task WaitAsync_PoolDisposed_IsFalse()
    {
        var waiting = Wait(1);
        _pool.Dispose();
        Assert.False(await waiting);
        Assert.False(await Wait(1));
    }

    private Task<bool> Wait(int blocks) => _pool.WaitAsync(blocks, s_timeout, CancellationToken.None).AsTask();

    private void Add() => _pool.Add(ScriptedBytes.Of(BlockBytes, 1), epoch: 0);
}
