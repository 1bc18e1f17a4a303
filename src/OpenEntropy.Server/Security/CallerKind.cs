namespace OpenEntropy.Server.Security;

/// <summary>How it is known who sent a request.</summary>
internal enum CallerKind
{
    /// <summary>It is not: there is an address, and whatever was presented as a key was not asked for.</summary>
    Anonymous,

    /// <summary>By a connection of this machine's loopback, by which no proxy passed anything on.</summary>
    Local,

    /// <summary>By an API key.</summary>
    Key,

    /// <summary>By a client certificate.</summary>
    Certificate,
}
