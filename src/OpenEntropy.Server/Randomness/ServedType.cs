namespace OpenEntropy.Server.Randomness;

/// <summary>What random bytes are given out as, in the account of <see cref="ServedBytes"/>: elements, bytes and their texts, and what else draws.</summary>
internal enum ServedType
{
    /// <summary>Numbers of <c>/api/v1/random</c> and of the routes of other services, in whatever body.</summary>
    UInt8,

    /// <summary>Numbers of 16 bits.</summary>
    UInt16,

    /// <summary>Strings of bytes.</summary>
    Hex8,

    /// <summary>Strings of 16-bit words.</summary>
    Hex16,

    /// <summary>The bytes themselves.</summary>
    Bytes,

    /// <summary>Hexadecimal digits without a break.</summary>
    Hex,

    /// <summary>Base64.</summary>
    Base64,

    /// <summary>Streams, in whatever encoding.</summary>
    Stream,

    /// <summary>Values that are made of bytes: integers, floats, UUIDs …</summary>
    Values,

    /// <summary>Keys and signatures of bundles.</summary>
    Bundle,
}
