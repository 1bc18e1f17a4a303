using OpenEntropy.Health;

namespace OpenEntropy.Conditioning;

/// <summary>Whether enough sources may earn credit to complete a block: one more than are left out of its count.</summary>
/// <param name="sources">The sources.</param>
/// <param name="leaveOut"><see cref="ConditioningOptions.LeaveOut"/>.</param>
internal sealed class EarningSources(IReadOnlyList<EntropySource> sources, int leaveOut)
{
    /// <summary>Sources that a block needs.</summary>
    public int Needed => leaveOut + 1;

    /// <summary>Sources that earn, or may again without an operator.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            for (var i = 0; i < sources.Count; i++)
                count += sources[i].MayEarn ? 1 : 0;
            return count;
        }
    }

    /// <summary>True when a block can be completed.</summary>
    public bool Suffice => Count >= Needed;
}
