namespace OpenEntropy.Values;

/// <summary>Random UUIDs, version 4 of RFC 9562. A <see cref="Guid"/> is written in the order of the RFC by <see cref="Guid.ToString()"/>.</summary>
public static class Version4Uuids
{
    /// <summary>The mapping's name and version.</summary>
    public const string Mapping = "uuids4/1";

    /// <summary>Bytes that one consumes.</summary>
    internal const int Width = 16;

    /// <summary>
    /// The next (RFC 9562, 5.4): 16 bytes are its octets in their order, then the upper 4 bits of octet 6 become 0100 and the upper
    /// 2 bits of octet 8 become 10.
    /// </summary>
    /// <param name="supply">Gives the bytes.</param>
    public static Guid Next(ByteSupply supply)
    {
        ArgumentNullException.ThrowIfNull(supply);
        Span<byte> octets = stackalloc byte[Width];
        supply.Read(octets);
        octets[6] = (byte)((octets[6] & 0x0F) | 0x40);
        octets[8] = (byte)((octets[8] & 0x3F) | 0x80);
        return new Guid(octets, bigEndian: true);
    }
}
