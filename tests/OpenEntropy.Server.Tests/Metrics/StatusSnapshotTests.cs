using OpenEntropy.Server.Metrics;
using Xunit;

namespace OpenEntropy.Server.Tests.Metrics;

public sealed class StatusSnapshotTests
{
    [Fact]
    public void Current_WithinASecond_TakesTheAccountsOnce()
    {
        var time = new SteppedTime();
        var taken = 0;
        var snapshot = new StatusSnapshot(() => SampleStatus.Pool() with { RawBytes = ++taken }, time);

        Assert.Equal(1, snapshot.Current.RawBytes);
        time.Ticks += time.TimestampFrequency - 1;
        Assert.Equal(1, snapshot.Current.RawBytes);
        time.Ticks += 1;
        Assert.Equal(2, snapshot.Current.RawBytes);
        snapshot.Refresh();
        Assert.Equal(3, snapshot.Current.RawBytes);
    }

    private sealed class SteppedTime : TimeProvider
    {
        public long Ticks { get; set; } = 1000;

        public override long GetTimestamp() => Ticks;
    }
}
