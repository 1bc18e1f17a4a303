using OpenEntropy.Server.Dashboard;
using OpenEntropy.Server.Tests.Streaming;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Dashboard;

/// <summary>What waits for one viewer.</summary>
public sealed class ViewerTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void TryOffer_MoreThan64KiBBehind_IsRefused()
    {
        var viewer = new Viewer([1], _time, () => { });

        Assert.True(viewer.TryOffer(new byte[65_536]));
        Assert.False(viewer.TryOffer(new byte[1]));
    }

    [Fact]
    public void TryOffer_OneLargeBlockAndNothingWaits_IsTaken()
    {
        var viewer = new Viewer([1], _time, () => { });

        Assert.True(viewer.TryOffer(new byte[100_000]));
        Assert.False(viewer.TryOffer(new byte[1]));
    }

    [Fact]
    public void TryOffer_ConnectionThatTookNothingForTenSeconds_IsRefused()
    {
        using var response = new PipedResponse();
        var viewer = new Viewer(new byte[65_536], _time, () => { });
        _ = viewer.SendAsync(response.Context.Response, CancellationToken.None); // waits for the connection

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(viewer.TryOffer(new byte[1]));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.False(viewer.TryOffer(new byte[1]));
    }

    [Fact]
    public async Task TryOfferState_ViewerThatIsBehind_IsSentTheNewestAlone()
    {
        using var response = new PipedResponse();
        var viewer = new Viewer([1], _time, () => { });
        for (byte i = 2; i < 100; i++)
        {
            Assert.True(viewer.TryOfferState([.. Enumerable.Repeat(i, 10_000)]));
        }

        Assert.True(viewer.TryOffer(new byte[65_536]));
        var sending = viewer.SendAsync(response.Context.Response, CancellationToken.None);
        var read = new List<byte>();
        await ServerFactory.UntilAsync(() =>
        {
            read.AddRange(response.ReadAvailable());
            return Task.FromResult(read.Count == 1 + 10_000 + 65_536);
        });

        Assert.Equal((1, 99, 99, 0), (read[0], read[1], read[10_000], read[10_001]));
        Assert.True(viewer.TryOfferState([100]));
        await ServerFactory.UntilAsync(() => Task.FromResult(response.ReadAvailable() is [100]));
        viewer.Drop();
        await sending;
    }
}
