using OpenEntropy.Health;

namespace OpenEntropy.Conditioning;

/// <summary>
/// Whether enough sources may earn credit to complete a block: one more than are left out of its count. Sources that share one credit count as one.
/// </summary>
/// <param name="sources">The sources.</param>
/// <param name="contributors">Which of them count as one.</param>
/// <param name="leaveOut"><see cref="ConditioningOptions.LeaveOut"/>.</param>
internal sealed class EarningSources(IReadOnlyList<EntropySource> sources, Contributors contributors, int leaveOut)
{
    private readonly int[][] _members = contributors.Members();

    /// <summary>Sources that a block needs.</summary>
    public int Needed => leaveOut + 1;

    /// <summary>True where some that may earn share one credit.</summary>
    public bool AnyShared => Array.Exists(_members, members => Earning(members) > 1);

    /// <summary>Sources that earn, or may again without an operator.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var members in _members)
                count += Earning(members) > 0 ? 1 : 0;
            return count;
        }
    }

    /// <summary>True when a block can be completed, be it once sources that fail now work again.</summary>
    public bool Suffice => Count >= Needed;

    /// <summary>True when those that earn now, or are about to, can complete a block: working hard for one is of use.</summary>
    public bool SufficeNow
    {
        get
        {
            var count = 0;
            foreach (var members in _members)
                count += Array.Exists(members, source => sources[source].EarnsSoon) ? 1 : 0;
            return count >= Needed;
        }
    }

    /// <summary>
    /// Among how many sources this one's credit is divided: those of its group that may earn now, so that the group earns in a round of turns what one of
    /// them would in one turn; 1 where it shares none.
    /// </summary>
    /// <param name="source">The source's index.</param>
    public int Sharing(int source) => _members[contributors.Of(source)] is { Length: > 1 } members ? Math.Max(1, Earning(members)) : 1;

    private int Earning(int[] members)
    {
        var count = 0;
        foreach (var source in members)
            count += sources[source].MayEarn ? 1 : 0;
        return count;
    }
}
