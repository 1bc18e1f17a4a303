using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Harvest;

/// <summary>An assessment that lowers a claim takes back what the source earned by the higher one, as far as the open block goes.</summary>
public sealed class LoweredCreditTests
{
    [Fact]
    public async Task RunHarvestTurn_ClaimLowered_OpenBlockCountsOnTheSourceNoMoreAndCompletedOnesStay()
    {
        ScriptedNoiseSource[] sources = [new("one") { AtMost = 8 }, new("two") { AtMost = 8 }];
        await using var pool = new ScriptedPool(null, sources);
        Assert.True(pool.HarvestBlocks(1));
        var (one, two) = (pool["one"].CreditedBits, pool["two"].CreditedBits);
        Assert.True(pool.HarvestUntil(() => pool["one"].CreditedBits > one && pool["two"].CreditedBits > two));
        one = pool["one"].CreditedBits - one;
        Assert.Equal((1, 0d), (pool.Pool.Status.BlocksAvailable, pool.Pool.Status.AssessedBitsDiscarded));

        Assert.True(pool.Pool.Assess("one", 0.4));
        Assert.True(pool.HarvestUntil(() => pool.Pool.Status.AssessedBitsDiscarded > 0));
        Assert.Equal(one, pool.Pool.Status.AssessedBitsDiscarded, 6);
        Assert.Equal(pool["two"].CreditedBits - two, pool.Pool.Status.AssessedBitsPending, 6);
        Assert.Equal(1, pool.Pool.Status.BlocksAvailable);

        // Once it has passed its start-up test again it earns by the lower claim, and nothing more is taken back.
        Assert.True(pool.HarvestBlocks(2));
        Assert.Equal(one, pool.Pool.Status.AssessedBitsDiscarded, 6);
    }
}
