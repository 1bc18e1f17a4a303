namespace OpenEntropy.Server.Limits;

/// <summary>What a caller had too much of.</summary>
internal enum LimitKind
{
    /// <summary>Requests in a second.</summary>
    Requests,

    /// <summary>Random bytes in a day.</summary>
    Bytes,

    /// <summary>Streams open at once.</summary>
    Streams,

    /// <summary>Seed blocks, of which others ask for theirs.</summary>
    Share,

    /// <summary>Connections open at once.</summary>
    Connections,
}
