namespace OpenEntropy.Server.Randomness;

/// <summary>What the array's elements are.</summary>
internal enum ElementType
{
    /// <summary>Strings of 4·size hexadecimal digits: size big-endian 16-bit words.</summary>
    Hex16,

    /// <summary>Strings of 2·size hexadecimal digits: size bytes.</summary>
    Hex8,

    /// <summary>Numbers 0 to 255.</summary>
    UInt8,

    /// <summary>Numbers 0 to 65,535, each from two bytes, big-endian.</summary>
    UInt16,
}
