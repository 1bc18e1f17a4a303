namespace OpenEntropy.Server.Limits;

/// <summary>How often callers were refused, by limit.</summary>
internal sealed class LimitCounts
{
    private readonly long[] _refused = new long[Enum.GetValues<LimitKind>().Length];

    /// <summary>Counts one.</summary>
    /// <param name="kind">The limit.</param>
    public void Add(LimitKind kind) => Interlocked.Increment(ref _refused[(int)kind]);

    /// <summary>How many there were.</summary>
    /// <param name="kind">The limit.</param>
    public long Of(LimitKind kind) => Interlocked.Read(ref _refused[(int)kind]);
}
