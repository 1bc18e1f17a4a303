namespace OpenEntropy.Server.Security;

/// <summary>Of whom a key is asked. It is settled at the start, by where the service listens and by <see cref="SecurityOptions"/>.</summary>
internal enum AccessMode
{
    /// <summary>Of nobody for reading: the service listens on this machine alone, or everybody is allowed in so many words.</summary>
    Anonymous,

    /// <summary>Of whoever does not come by loopback, by a local name and through no proxy.</summary>
    Elsewhere,

    /// <summary>Of everybody.</summary>
    Everywhere,
}
