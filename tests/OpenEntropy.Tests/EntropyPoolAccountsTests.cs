using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests;

/// <summary>What single requests ask of the accounts is what the status says.</summary>
public sealed class EntropyPoolAccountsTests
{
    [Fact]
    public async Task CanServe_BeforeAndAfterTheFirstBlock_IsWhatTheStateSays()
    {
        await using var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        Assert.Equal((false, PoolState.Starting), (scripted.Pool.CanServe, scripted.Pool.Status.State));

        Assert.True(scripted.HarvestBlocks(1));
        Assert.True(scripted.Pool.CanServe);
        Assert.Equal(0, scripted.Pool.Status.GeneratorsSeeded);
    }

    [Fact]
    public async Task CanServe_EmptyPoolAndASeededGenerator_IsTrueUntilTheSeedIsTooOld()
    {
        await using var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        Assert.True(scripted.HarvestBlocks(1));
        Assert.Null(scripted.Pool.TryGetBytes(new byte[16]));
        while (scripted.Pool.Parts.Pool.TryTakeOldest(new byte[scripted.Pool.BlockBytes])) { }

        Assert.True(scripted.Pool.CanServe);
        scripted.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal((false, PoolState.Unhealthy), (scripted.Pool.CanServe, scripted.Pool.Status.State));
    }

    [Fact]
    public async Task CanServe_Disposed_IsFalse()
    {
        var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        Assert.True(scripted.HarvestBlocks(1));
        await scripted.DisposeAsync();
        Assert.False(scripted.Pool.CanServe);
    }

    [Fact]
    public async Task Earnings_AfterBlocks_AreThoseOfTheSources()
    {
        await using var scripted = new ScriptedPool(
            null,
            [.. ScriptedPool.TwoLively(), new ScriptedNoiseSource("none") { Failure = new InvalidOperationException("never") }]
        );
        Assert.Empty(scripted.Pool.Earnings);

        Assert.True(scripted.HarvestBlocks(1));
        var expected = scripted
            .Pool.Status.Sources.Where(source => source.CreditedBits > 0)
            .Select(source => (source.Info.Name, source.CreditedBits));
        Assert.Equal(expected, scripted.Pool.Earnings);
        Assert.Equal(2, scripted.Pool.Earnings.Count());
    }

    [Fact]
    public async Task Requirement_AsConfigured_IsThatOfTheStatus()
    {
        await using var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        var status = scripted.Pool.Status;
        Assert.Equal((status.BlockRequirementBits, status.LeaveOut), (scripted.Pool.BlockRequirementBits, scripted.Pool.LeaveOut));
    }

    [Theory]
    [InlineData("SHA-384", 1, 1, 1)]
    [InlineData("SHA-384", 48, 1, 1)]
    [InlineData("SHA-384", 49, 1, 2)]
    [InlineData("SHA-384", 65_537, 2, 1366)]
    [InlineData("SHA-256", 1, 2, 1)]
    [InlineData("SHA-256", 65_537, 4, 2049)]
    public async Task BlocksOf_Lengths_AreWhatTheCallsTake(string hash, int bytes, int fresh, int limited)
    {
        var options = new EntropyPoolOptions();
        options.Conditioning.Hash = hash;
        await using var scripted = new ScriptedPool(options, ScriptedPool.TwoLively());
        Assert.Equal((fresh, limited), (scripted.Pool.BlocksOfFresh(bytes), scripted.Pool.BlocksOfLimited(bytes)));
    }

    [Fact]
    public async Task BlocksOfFresh_ACall_TakesSoMany()
    {
        await using var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        Assert.True(scripted.HarvestBlocks(4));
        var used = scripted.Pool.Status.BlocksUsed;
        Assert.Null(await scripted.Pool.TryGetFreshBytesAsync(new byte[65_537], TimeSpan.Zero, CancellationToken.None));
        Assert.Equal(scripted.Pool.BlocksOfFresh(65_537), scripted.Pool.Status.BlocksUsed - used);
    }

    [Fact]
    public async Task FindShortage_MoreThanThePoolHolds_IsTheRefusalOfTheCall()
    {
        await using var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        Assert.True(scripted.HarvestBlocks(3));
        Assert.Null(scripted.Pool.TryGetBytes(new byte[1])); // takes its seed
        var held = scripted.Pool.Status.BlocksAvailable;

        Assert.Null(scripted.Pool.FindShortage(held));
        var told = scripted.Pool.FindShortage(held + 1);
        var met = await scripted.Pool.TryGetLimitedBytesAsync(
            new byte[(held * scripted.Pool.BlockBytes) + 1],
            TimeSpan.Zero,
            CancellationToken.None
        );
        Assert.Equal(met, told);
        Assert.Equal(RefusalReason.PoolDry, told!.Reason);
        Assert.Equal(held, scripted.Pool.Status.BlocksAvailable);
    }
}
