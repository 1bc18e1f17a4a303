using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Security;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Limits;

/// <summary>Whose the blocks are, reckoned by hand.</summary>
public sealed class ShareTableTests
{
    private const int Capacity = 120;

    private static readonly Caller s_one = new(CallerKind.Key, "one");
    private static readonly Caller s_two = new(CallerKind.Key, "two");
    private static readonly Caller s_three = new(CallerKind.Key, "three");

    private readonly ManualTimeProvider _time = new();
    private readonly ShareTable _table;
    private int _available;

    public ShareTableTests() => _table = new ShareTable(Capacity, TimeSpan.FromMinutes(1), _time);

    [Fact]
    public void TryGrant_OneAlone_HasAll()
    {
        _available = 100;

        Assert.False(TryTake(s_one, 101));
        Assert.True(TryTake(s_one, 60));
        Assert.True(TryTake(s_one, 40));
        Assert.False(TryTake(s_one, 1));
    }

    [Fact]
    public void TryGrant_Newcomer_HasItsPartAtOnceAndTheOtherKeepsTheRest()
    {
        _available = 100;
        Assert.True(TryTake(s_one, 10));

        Assert.False(TryTake(s_two, 46));
        Assert.True(TryTake(s_two, 45));
        Assert.False(TryTake(s_one, 46));
        Assert.True(TryTake(s_one, 45));
    }

    [Fact]
    public void TryGrant_GreedyAsksAllTheTime_OtherHasHalfOfWhatComes()
    {
        _available = 100;
        Assert.True(TryTake(s_one, 100));
        Assert.False(TryTake(s_two, 1));

        var greedy = 0;
        for (var i = 0; i < 40; i++)
        {
            _available++;
            while (TryTake(s_one, 1))
            {
                greedy++;
            }
        }

        Assert.Equal(20, greedy);
        Assert.True(TryTake(s_two, 20));
        Assert.Equal(0, _available);
    }

    [Fact]
    public void TryGrant_OneSavesUpAllItMay_TheRestGoesToTheOthers()
    {
        _table.Look(s_two, () => _available);
        var greedy = 0;
        for (var i = 0; i < 200; i++)
        {
            _available++;
            greedy += TryTake(s_one, 1) ? 1 : 0;
        }

        // Half of the first 120, and all of what came when the other had its 60.
        Assert.Equal(60 + 80, greedy);
        Assert.Equal(60, _table.Look(s_two, () => _available).Blocks, 1e-3);
        Assert.False(TryTake(s_two, 61));
        Assert.True(TryTake(s_two, 60));
    }

    [Fact]
    public void TryGrant_ThreeAndOneIsFull_TheOthersDivideWhatItCannotKeep()
    {
        _available = 120;
        foreach (var caller in new[] { s_one, s_two, s_three })
        {
            _table.Look(caller, () => _available);
        }

        Assert.True(TryTake(s_one, 40));
        Assert.True(TryTake(s_two, 40));
        _available += 40;

        Assert.False(TryTake(s_three, 41));
        Assert.False(TryTake(s_one, 21));
        Assert.True(TryTake(s_one, 20));
        Assert.True(TryTake(s_two, 20));
        Assert.True(TryTake(s_three, 40));
    }

    [Fact]
    public void TryGrant_OtherHasNotAskedForAWindow_LeavesItsShare()
    {
        _available = 100;
        _table.Look(s_one, () => _available);
        _table.Look(s_two, () => _available);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(TryTake(s_one, 100));

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(TryTake(s_one, 100));
    }

    [Fact]
    public void Keep_ToldToComeBackLater_HasItsShareThen()
    {
        _available = 10;
        _table.Look(s_one, () => _available);
        _table.Look(s_two, () => _available);
        _table.Keep(s_two, TimeSpan.FromSeconds(50));

        _time.Advance(TimeSpan.FromSeconds(100));
        for (var i = 0; i < 50; i++)
        {
            _available++;
            TryTake(s_one, 1);
        }

        Assert.True(TryTake(s_two, 25));
    }

    [Fact]
    public void Keep_ToldToComeBackMuchLater_CountsForTwoWindows()
    {
        _available = 100;
        _table.Look(s_two, () => _available);
        _table.Keep(s_two, TimeSpan.FromHours(1));

        _time.Advance(TimeSpan.FromSeconds(119));
        Assert.False(TryTake(s_one, 100));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(TryTake(s_one, 100));
    }

    [Fact]
    public void Settle_NotTakenAfterAll_IsGivenBack()
    {
        _available = 10;
        Assert.True(_table.TryGrant(s_one, 10, () => _available, out _));
        Assert.False(_table.TryGrant(s_one, 1, () => _available, out _)); // whether the pool gave them is not known yet
        _table.Settle(s_one, 10, taken: false);

        Assert.True(TryTake(s_one, 10));
    }

    [Fact]
    public void TryGrant_BlocksGrewOldOrSeededAGenerator_AllHaveLess()
    {
        _available = 100;
        _table.Look(s_one, () => _available);
        _table.Look(s_two, () => _available);
        _available = 50;

        Assert.False(TryTake(s_one, 26));
        Assert.True(TryTake(s_one, 25));
        Assert.True(TryTake(s_two, 25));
    }

    [Fact]
    public void TryGrant_MoreCallersThanAreCounted_AreOneOfThem()
    {
        _available = Capacity;
        for (var i = 0; i < 10 * ShareTable.MostCallers; i++)
        {
            Assert.InRange(_table.Look(new Caller(CallerKind.Anonymous, $"{i}"), () => _available).Callers, 1, ShareTable.MostCallers + 1);
        }
    }

    [Fact]
    public void TryGrant_KeyBesideMoreAddressesThanAreCounted_HasAShareOfItsOwn()
    {
        _available = Capacity;
        for (var i = 0; i < 2 * ShareTable.MostCallers; i++)
        {
            _table.Look(new Caller(CallerKind.Anonymous, $"{i}"), () => _available);
        }

        var callers = _table.Look(new Caller(CallerKind.Anonymous, "last"), () => _available).Callers;

        Assert.Equal(callers + 1, _table.Look(s_one, () => _available).Callers);
        Assert.Equal(callers + 2, _table.Look(s_two, () => _available).Callers);
    }

    private bool TryTake(Caller caller, int blocks)
    {
        if (!_table.TryGrant(caller, blocks, () => _available, out _))
        {
            return false;
        }

        _available -= blocks;
        _table.Settle(caller, blocks, taken: true);
        return true;
    }
}
