namespace OpenEntropy.Mesh.Frames;

/// <summary>What a node says of itself. Nothing is concluded from it: what came with it earns no credit in any case.</summary>
internal enum FrameHealth : byte
{
    /// <summary>No seed yet.</summary>
    Starting,

    /// <summary>It serves, and every credited source earns.</summary>
    Healthy,

    /// <summary>It serves, with less than it was configured for.</summary>
    Degraded,

    /// <summary>It does not serve.</summary>
    Unhealthy,
}

/// <summary>A source of the sender, as the sender tells of it.</summary>
/// <param name="Name">1 to 64 characters of a to z, 0 to 9 and <c>_ . : -</c>.</param>
/// <param name="Earns">Whether it earns credit there.</param>
/// <param name="Claimed">Claimed min-entropy, millionths of a bit per 8-bit sample, 0 to 8,000,000.</param>
/// <param name="Assessed">Assessed min-entropy in the same unit; null: not assessed.</param>
internal sealed record FrameSource(string Name, bool Earns, int Claimed, int? Assessed)
{
    /// <summary>8 bits, in millionths.</summary>
    public const int MaximumMicrobits = 8_000_000;
}
