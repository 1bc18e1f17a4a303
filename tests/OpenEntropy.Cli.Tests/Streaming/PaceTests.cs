using OpenEntropy.Cli.Streaming;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Cli.Tests.Streaming;

public sealed class PaceTests
{
    [Fact]
    public async Task Spend_AtARate_WaitsUntilWhatWasGivenIsPaidFor()
    {
        var time = new ManualTimeProvider();
        var pace = new Pace(100, time);

        await pace.SpendAsync(50, CancellationToken.None);
        var second = pace.SpendAsync(10, CancellationToken.None).AsTask();
        time.Advance(TimeSpan.FromSeconds(0.4));
        Assert.False(second.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.2));
        await second;
        Assert.True(pace.SpendAsync(1, CancellationToken.None).AsTask().IsCompleted); // 60 bytes after 0.6 s

        Assert.Equal(5, pace.Portion);
    }

    [Fact]
    public async Task Spend_AfterAPause_DoesNotMakeUpForIt()
    {
        var time = new ManualTimeProvider();
        var pace = new Pace(100, time);
        await pace.SpendAsync(5, CancellationToken.None);
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(pace.SpendAsync(5, CancellationToken.None).AsTask().IsCompleted);
        Assert.True(pace.SpendAsync(5, CancellationToken.None).AsTask().IsCompleted);
        var third = pace.SpendAsync(5, CancellationToken.None).AsTask();
        Assert.False(third.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));
        await third;
    }

    [Fact]
    public async Task Spend_WithoutARate_NeverWaits()
    {
        var pace = new Pace(rate: null, new ManualTimeProvider());

        await pace.SpendAsync(int.MaxValue, CancellationToken.None);
        await pace.SpendAsync(int.MaxValue, CancellationToken.None);

        Assert.Equal(long.MaxValue, pace.Portion);
    }
}
