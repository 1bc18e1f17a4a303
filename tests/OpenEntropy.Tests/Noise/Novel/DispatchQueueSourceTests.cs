using System.Diagnostics;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Novel;
using Xunit;

namespace OpenEntropy.Tests.Noise.Novel;

[Collection(HardwareAlone.Name)]
public sealed class DispatchQueueSourceTests
{
    [Fact]
    public void Collect_WhenThePartnerIsGone_ThrowsWithinTheDeadline()
    {
        var source = new DispatchQueueSource();
        source.Open();
        Assert.True(source.StopPartner());

        var start = Stopwatch.GetTimestamp();
        _ = Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[64]));
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, source.Info.Deadline);

        source.Close();
    }

    [Fact]
    public void Open_AfterAPartnerFailed_CollectsAgain()
    {
        var source = new DispatchQueueSource();
        source.Open();
        _ = source.StopPartner();
        _ = Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1]));
        source.Close();

        source.Open();
        var collected = source.Collect(new byte[8]);
        source.Close();

        Assert.Equal(8, collected);
    }

    [Fact]
    public void Stop_OfAPartnerThatHangs_StillEndsItOnceItGoesOn()
    {
        using var hang = new ManualResetEventSlim();
        var hung = new DispatchQueueSource.Partner(hang);
        Assert.False(hung.Stop());

        // A later opening has a partner of its own; its order to run is not the old one's.
        var next = new DispatchQueueSource.Partner();
        hang.Set();
        Assert.True(SpinWait.SpinUntil(() => !hung.IsAlive, TimeSpan.FromSeconds(20)));
        Assert.True(next.IsAlive);
        Assert.True(next.Stop());
    }

    [Fact]
    public void Close_WithoutOpening_DoesNothing()
    {
        var source = new DispatchQueueSource();

        source.Close();

        Assert.Null(source.WhyUnavailable());
    }
}
