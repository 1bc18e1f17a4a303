namespace OpenEntropy.Server.Limits;

/// <summary>A caller's part of the pool's seed blocks, as the table keeps it, which locks.</summary>
internal sealed class Share
{
    /// <summary>Blocks that are this caller's.</summary>
    public double Credit { get; set; }

    /// <summary>Until when it counts, a timestamp.</summary>
    public long Until { get; set; }
}
