using OpenEntropy.Harvest;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Harvest;

public sealed class RawTapTests
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    private readonly ManualTimeProvider _time = new();
    private readonly RawTap _tap = new();

    [Fact]
    public async Task Deliver_ToTwoDemands_EachSampleGoesToOne()
    {
        var (first, second) = (new byte[3], new byte[3]);
        var (one, other) = (Read([0], first), Read([0], second));
        _tap.Deliver(0, [1, 2]);
        _tap.Deliver(0, [3, 4, 5, 6, 7]);
        Assert.True(await one);
        Assert.True(await other);
        Assert.Equal([1, 2, 3], first);
        Assert.Equal([4, 5, 6], second);
        Assert.Equal(6, _tap.Delivered);
        Assert.False(_tap.HasDemand);
    }

    [Fact]
    public async Task Deliver_OfSeveralMembers_IsTheXorOfTheirStreams()
    {
        var destination = ScriptedBytes.Of(4, 9);
        var reading = Read([2, 0], destination);
        _tap.Deliver(1, [255, 255, 255, 255]);
        _tap.Deliver(0, [1, 2, 3, 4, 99]);
        Assert.False(_tap.Wants(0));
        Assert.True(_tap.Wants(2));
        Assert.False(_tap.Wants(1));
        _tap.Deliver(2, [16, 16]);
        Assert.False(reading.IsCompleted);
        _tap.Deliver(2, [32, 32, 99]);
        Assert.True(await reading);
        Assert.Equal([17, 18, 35, 36], destination);
    }

    [Fact]
    public async Task ReadAsync_TimeRunsOut_ZeroesAndIsNeverWrittenAgain()
    {
        var destination = new byte[4];
        var reading = Read([0], destination);
        _tap.Deliver(0, [1, 2, 3]);
        Assert.Equal([1, 2, 3, 0], destination);
        _time.Advance(s_timeout);
        Assert.False(await reading);
        AssertWithdrawn(destination);
    }

    [Fact]
    public async Task ReadAsync_Cancelled_ZeroesAndIsNeverWrittenAgain()
    {
        using var cancellation = new CancellationTokenSource();
        var destination = new byte[4];
        var reading = _tap.ReadAsync([0], destination, s_timeout, _time, cancellation.Token).AsTask();
        _tap.Deliver(0, [1, 2, 3]);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        AssertWithdrawn(destination);
    }

    [Fact]
    public async Task ReadAsync_TimeoutThatNoTimerTakes_LeavesNoDemandBehind()
    {
        var destination = new byte[4];
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            _tap.ReadAsync([0], destination, TimeSpan.FromSeconds(-5), _time, CancellationToken.None).AsTask()
        );
        AssertWithdrawn(destination);
    }

    [Fact]
    public async Task ReadAsync_NewDemand_WakesTheHarvest()
    {
        var woken = 0;
        _tap.Demanded = () => woken++;
        var reading = Read([0], new byte[1]);
        Assert.Equal(1, woken);
        Assert.True(_tap.HasDemand);
        _tap.Deliver(0, [1]);
        Assert.True(await reading);
    }

    private Task<bool> Read(int[] members, byte[] destination) =>
        _tap.ReadAsync(members, destination, s_timeout, _time, CancellationToken.None).AsTask();

    private void AssertWithdrawn(byte[] destination)
    {
        Assert.Equal(new byte[destination.Length], destination);
        _tap.Deliver(0, [4, 5, 6, 7, 8, 9]);
        Assert.Equal(new byte[destination.Length], destination);
        Assert.False(_tap.HasDemand);
        Assert.Equal(0, _tap.Delivered);
    }
}
