using OpenEntropy.Health;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Harvest;

/// <summary>Sources whose samples are correlated share one credit: together they are one contributor and earn no more than one of them would.</summary>
public sealed class SharedCreditTests
{
    [Fact]
    public async Task RunHarvestTurn_MembersOfAGroup_EarnTheirPartOfTheClaimAndTheAccountsAddUp()
    {
        await using var pool = new ScriptedPool(null, Member("a"), Member("b"), Member("c"), new ScriptedNoiseSource("alone"));
        Assert.True(pool.HarvestUntil(() => pool.Pool.Status.Sources.Count(source => source.Healthy) >= 4));
        var before = pool.Pool.Status;
        Assert.True(
            pool.HarvestUntil(() =>
                new[] { "a", "b", "c", "alone" }.All(name => pool[name].CreditedBits > Of(before, name).CreditedBits + 50)
            )
        );
        var after = pool.Pool.Status;
        foreach (var name in new[] { "a", "b", "c" })
            Assert.InRange(PerSample(before, after, name) * 9, 0.9, 1.001);
        Assert.InRange(PerSample(before, after, "alone") * 3, 0.9, 1.001);
        Assert.Equal(after.Sources.Sum(source => source.CreditedBits), after.AssessedBitsIn, 6);
    }

    [Fact]
    public async Task RunHarvestTurn_OtherMembersOff_TheOneLeftEarnsAllOfIt()
    {
        await using var pool = new ScriptedPool(null, Member("a"), Member("b"), new ScriptedNoiseSource("alone"));
        pool.Pool.Disable("b");
        Assert.True(pool.HarvestUntil(() => pool["a"].Healthy && pool["alone"].Healthy));
        var before = pool.Pool.Status;
        Assert.True(pool.HarvestUntil(() => pool["a"].CreditedBits > Of(before, "a").CreditedBits + 50));
        Assert.InRange(PerSample(before, pool.Pool.Status, "a") * 3, 0.9, 1.001);
    }

    [Fact]
    public async Task RunHarvestTurn_OneGroupAlone_CannotCompleteABlock()
    {
        await using var pool = new ScriptedPool(null, Member("a"), Member("b"));
        Assert.True(pool.HarvestUntil(() => pool["a"].CreditedBits > 500 && pool["b"].CreditedBits > 500));
        var status = pool.Pool.Status;
        Assert.Equal((0L, PoolState.Unhealthy), (status.BlocksProduced, status.State));
        Assert.StartsWith(
            "1 credited noise source is selected and working (those that share one credit counted as one), and a block needs 2",
            status.Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task RunHarvestTurn_OneMemberFails_ItsOwnCreditIsRevokedAndTheOthersEarnMore()
    {
        ScriptedNoiseSource[] sources = [Member("a"), Member("b"), new("alone") { AtMost = 1 }];
        sources[0].AtMost = sources[1].AtMost = 1;
        await using var pool = new ScriptedPool(null, sources);
        Assert.True(pool.HarvestUntil(() => pool["a"].CreditedBits > 5 && pool["b"].CreditedBits > 5));
        sources[0].Override = _ => 9;
        Assert.True(pool.HarvestUntil(() => pool["a"].State == SourceState.PermanentlyFailed));
        var before = pool.Pool.Status;
        Assert.Equal(pool["a"].CreditedBits, before.AssessedBitsDiscarded, 6);
        var b = pool["b"].CreditedBits;
        Assert.True(pool.HarvestUntil(() => pool["b"].CreditedBits > b + 5));
        Assert.InRange(PerSample(before, pool.Pool.Status, "b") * 3, 0.9, 1.001);
    }

    private static ScriptedNoiseSource Member(string name) => new(name) { SharesCredit = "memory" };

    private static double PerSample(EntropyPoolStatus before, EntropyPoolStatus after, string name)
    {
        var (old, now) = (Of(before, name), Of(after, name));
        var dropped = now.Dropped.Values.Sum() - old.Dropped.Values.Sum();
        return (now.CreditedBits - old.CreditedBits) / (now.Samples - old.Samples - dropped);
    }

    private static EntropySourceStatus Of(EntropyPoolStatus status, string name) =>
        status.Sources.Single(source => source.Info.Name == name);
}
