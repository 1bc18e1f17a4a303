using System.Net;
using OpenEntropy.Server.Limits;
using Xunit;
using static OpenEntropy.Server.Tests.Limits.TwoCallers;

namespace OpenEntropy.Server.Tests.Limits;

/// <summary>A greedy client and a modest one side by side, on blocks that come when the test lets them.</summary>
public sealed class FairShareTests
{
    [Fact]
    public async Task Get_GreedyBesideModest_ModestHasItsShareAndGreedyTheRest()
    {
        await using var two = await TwoCallers.StartAsync();
        var (greedy, modest) = (two.Greedy, two.Modest);
        var (greedyBlocks, modestBlocks) = (await DrainAsync(greedy), 0);
        Assert.True(greedyBlocks > 0); // who is alone has all
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await AskAsync(modest, 4)).Status); // now both count

        // Eight blocks come in each round; the greedy one takes whatever it gets, the modest one asks for a fourth of its half.
        greedyBlocks = 0;
        for (var round = 0; round < 12; round++)
        {
            two.Supply(8);
            greedyBlocks += await DrainAsync(greedy);
            if (round >= 1) // one block less than its half may have come where a generator took some for a seed
            {
                Assert.Equal(HttpStatusCode.OK, (await AskAsync(modest, 1)).Status);
                modestBlocks++;
            }
        }

        // What it saved up is there all the same, and the greedy one had no more than its own half and nothing less.
        Assert.InRange(greedyBlocks, 30, 48);
        while ((await AskAsync(modest, 1)).Status == HttpStatusCode.OK)
        {
            modestBlocks++;
        }

        Assert.InRange(modestBlocks, 30, 12 * 8 - greedyBlocks);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await AskAsync(greedy, 1)).Status);
    }

    [Fact]
    public async Task Get_FullPoolAndBothAsk_GreedyLeavesTheOthersHalf()
    {
        await using var two = await TwoCallers.StartAsync();
        var (greedy, modest) = (two.Greedy, two.Modest);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(modest, 1)).Status);
        two.Fill();

        var taken = await DrainAsync(greedy);

        Assert.InRange(taken, 1, Capacity / 2);
        var status = two.Host.Scripted.Pool.Status;
        Assert.InRange(status.BlocksAvailable, Capacity / 2 - status.Generators, Capacity); // a generator's first seed is everybody's
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(modest, 100)).Status);
    }

    [Fact]
    public async Task Get_AfterTheTimeToldWhileAnotherTakesItsOwn_IsServed()
    {
        await using var two = await TwoCallers.StartAsync();
        var (greedy, modest) = (two.Greedy, two.Modest);
        await AskAsync(modest, 1);
        await DrainAsync(greedy);
        await DrainAsync(modest);

        var refused = await AskAsync(modest, 20);
        var status = two.Host.Scripted.Pool.Status;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.True(refused.RetryAfter >= 1);

        // The harvest of that time at its rate, while the other asks after every block.
        var blocks = (long)Math.Ceiling(status.BlocksPerSecond * refused.RetryAfter!.Value) + status.Generators;
        for (var came = 0L; came < Math.Min(blocks, 60); came++)
        {
            two.Supply(1);
            await AskAsync(greedy, 1);
        }

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(modest, 20)).Status);
    }

    [Fact]
    public async Task Get_MoreThanItsShareCanEverBe_IsToldWhatItMayHaveAndServedWhenAlone()
    {
        await using var two = await TwoCallers.StartAsync();
        var (other, client) = (two.Greedy, two.Modest);
        await AskAsync(other, 1);
        two.Fill();

        var refused = await AskAsync(client, 200);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.StartsWith("2 callers divide the pool, at most 128 seed blocks each", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, two.Host.Get<LimitCounts>().Of(LimitKind.Share));

        two.Host.Time.Advance(TimeSpan.FromSeconds(refused.RetryAfter!.Value));
        two.Fill();
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(client, 200)).Status);
    }

    [Fact]
    public async Task Get_ModestWaitsWhileTheGreedyOneAsks_IsServedWithItsShare()
    {
        await using var two = await TwoCallers.StartAsync();
        var (greedy, modest) = (two.Greedy, two.Modest);
        await AskAsync(modest, 1);
        await DrainAsync(greedy);
        await DrainAsync(modest);

        var waiting = AskAsync(modest, 4, timeout: 30);
        var supplied = 0;
        while (!waiting.IsCompleted && supplied < 64)
        {
            two.Supply(1);
            supplied++;
            await AskAsync(greedy, 1);
            await Task.WhenAny(waiting, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
        }

        Assert.Equal(HttpStatusCode.OK, (await waiting).Status);
    }

    [Fact]
    public async Task Get_FreshBesideLimited_SharesTheSameBlocks()
    {
        await using var two = await TwoCallers.StartAsync();
        var (greedy, modest) = (two.Greedy, two.Modest);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(modest, 1)).Status);
        two.Fill();

        var reseeds = 0;
        while ((await Told.OfAsync(greedy, "/api/v1/random?length=1&type=uint8&fresh=true")).Status == HttpStatusCode.OK)
        {
            reseeds++;
        }

        Assert.InRange(reseeds, 1, Capacity / 2);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(modest, 100)).Status);
    }
}
