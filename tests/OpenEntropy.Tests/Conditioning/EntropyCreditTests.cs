using FsCheck;
using FsCheck.Fluent;
using OpenEntropy.Conditioning;
using Xunit;

namespace OpenEntropy.Tests.Conditioning;

/// <summary>h_in counts eighths of a bit here, which doubles add exactly.</summary>
public sealed class EntropyCreditTests
{
    private const int Sources = 5;
    private const int Requirement = 320;
    private static readonly Arbitrary<List<int>> s_turns = Gen.Choose(0, 6_000).ListOf().Select(numbers => numbers.ToList()).ToArbitrary();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void IsComplete_AnyTurns_CountsAllButTheLargestContributors(int leaveOut) =>
        Prop.ForAll(
                s_turns,
                turns =>
                {
                    var counted = turns.GroupBy(Source, Bits).Select(bits => bits.Sum()).OrderDescending().Skip(leaveOut).Sum();
                    return After(turns, leaveOut).IsComplete == (counted >= Requirement);
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void IsComplete_AnyOrderOfTurns_IsTheSame(int leaveOut) =>
        Prop.ForAll(
                s_turns,
                turns =>
                {
                    var one = After(turns, leaveOut);
                    var other = After(turns.OrderDescending(), leaveOut);
                    return one.IsComplete == other.IsComplete && one.Total.Equals(other.Total);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void IsComplete_MoreOfTheLargestContributor_NeverHelps() =>
        Prop.ForAll(
                s_turns,
                turns =>
                {
                    var credit = After(turns, leaveOut: 1);
                    var before = credit.IsComplete;
                    var largest = turns
                        .GroupBy(Source, Bits)
                        .OrderByDescending(bits => bits.Sum())
                        .Select(bits => bits.Key)
                        .FirstOrDefault();
                    credit.Add(largest, 1e9);
                    return credit.IsComplete == before;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void IsComplete_ASingleSourceWithLeaveOut1_IsNever()
    {
        // A third has no exact double: both sums must still be the same sum.
        var credit = new EntropyCredit(Sources, Contributors.Each(Sources), leaveOut: 1, Requirement);
        for (var i = 0; i < 100_000; i++)
        {
            credit.Add(2, 1.0 / 3);
            Assert.False(credit.IsComplete);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    [InlineData(3, 4)]
    public void IsComplete_EqualContributors_NeedsOneMoreThanIsLeftOut(int leaveOut, int needed)
    {
        var credit = new EntropyCredit(Sources, Contributors.Each(Sources), leaveOut, Requirement);
        for (var source = 0; source < needed; source++)
        {
            Assert.False(credit.IsComplete);
            credit.Add(source, Requirement);
        }

        Assert.True(credit.IsComplete);
    }

    [Fact]
    public void IsComplete_AnEighthOfABitBelowTheRequirement_IsFalse()
    {
        var credit = new EntropyCredit(Sources, Contributors.Each(Sources), leaveOut: 1, Requirement);
        credit.Add(0, 1_000);
        credit.Add(1, Requirement - 0.125);
        Assert.False(credit.IsComplete);
        credit.Add(1, 0.125);
        Assert.True(credit.IsComplete);
    }

    [Fact]
    public void Clear_OfACompleteAccount_CountsFromZero()
    {
        var credit = new EntropyCredit(Sources, Contributors.Each(Sources), leaveOut: 1, Requirement);
        credit.Add(0, 1_000);
        credit.Add(1, 1_000);
        credit.Complete();
        Assert.Equal(0, credit.Total);
        credit.Add(0, Requirement);
        Assert.False(credit.IsComplete);
    }

    [Fact]
    public void Counts_AnyFates_AddUpExactly() =>
        Prop.ForAll(
                s_turns,
                turns =>
                {
                    var credit = new EntropyCredit(Sources, Contributors.Each(Sources), leaveOut: 1, Requirement);
                    foreach (var turn in turns)
                    {
                        credit.Add(Source(turn), Bits(turn));
                        if (turn % 11 == 0)
                            credit.Revoke(turn % Sources);
                        else if (turn % 13 == 0)
                            credit.Discard();
                        else if (credit.IsComplete)
                            credit.Complete();
                        var counts = credit.Counts;
                        if (!counts.In.Equals(counts.InBlocks + counts.Pending + counts.Discarded))
                            return false;
                    }

                    return credit.Counts.In.Equals(turns.Sum(Bits));
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Revoke_OfAContributor_TakesAllItEarnedOutOfTheCount()
    {
        var credit = new EntropyCredit(Sources, Contributors.Each(Sources), leaveOut: 1, Requirement);
        credit.Add(0, Requirement);
        credit.Add(1, Requirement);
        Assert.True(credit.IsComplete);
        credit.Revoke(1);
        Assert.False(credit.IsComplete);
        Assert.Equal(new EntropyCounts(2 * Requirement, 0, Requirement, Requirement), credit.Counts);
    }

    [Fact]
    public void IsComplete_SourcesThatShareOneCredit_AreLeftOutTogether()
    {
        var contributors = Contributors.Of(["memory", null, "memory", "other", "memory"]);
        var credit = new EntropyCredit(Sources, contributors, leaveOut: 1, Requirement);
        foreach (var member in new[] { 0, 2, 4 })
            credit.Add(member, Requirement);
        Assert.False(credit.IsComplete);
        credit.Add(1, Requirement - 1);
        Assert.False(credit.IsComplete);
        credit.Add(3, 1);
        Assert.True(credit.IsComplete);

        // One of them fails: the others' credit stays, and is still left out.
        credit.Revoke(2);
        Assert.True(credit.IsComplete);
        Assert.Equal(new EntropyCounts(4 * Requirement, 0, 3 * Requirement, Requirement), credit.Counts);
    }

    private static int Source(int turn) => turn % Sources;

    private static double Bits(int turn) => turn / Sources / 8.0;

    private static EntropyCredit After(IEnumerable<int> turns, int leaveOut)
    {
        var credit = new EntropyCredit(Sources, Contributors.Each(Sources), leaveOut, Requirement);
        foreach (var turn in turns)
            credit.Add(Source(turn), Bits(turn));
        return credit;
    }
}
