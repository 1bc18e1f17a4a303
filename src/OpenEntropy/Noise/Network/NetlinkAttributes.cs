using System.Runtime.InteropServices;

namespace OpenEntropy.Noise.Network;

/// <summary>
/// Netlink attributes one after the other (linux/netlink.h: struct nlattr); a nested attribute's value is a series of them again. Pure; every
/// length is checked against what is there.
/// </summary>
internal ref struct NetlinkAttributes
{
    private const int TypeMask = 0x3FFF; // NLA_TYPE_MASK: without the flags "nested" and "network byte order"

    private ReadOnlySpan<byte> _rest;

    /// <summary>Before the first attribute.</summary>
    /// <param name="attributes">All of them.</param>
    public NetlinkAttributes(ReadOnlySpan<byte> attributes) => _rest = attributes;

    /// <summary>The current attribute's type, in its family's numbers.</summary>
    public int Type { get; private set; }

    /// <summary>The current attribute's bytes.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Goes to the next attribute.</summary>
    /// <returns>False after the last.</returns>
    /// <exception cref="NoiseSourceException">The bytes are no attribute.</exception>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
            return false;
        if (_rest.Length < NetlinkMessages.AttributeHeaderBytes)
            throw new NoiseSourceException($"a netlink attribute ends after {_rest.Length} bytes of its header");
        int length = MemoryMarshal.Read<ushort>(_rest);
        if (length < NetlinkMessages.AttributeHeaderBytes || length > _rest.Length)
            throw new NoiseSourceException($"a netlink attribute says it has {length} bytes where there are {_rest.Length}");
        Type = MemoryMarshal.Read<ushort>(_rest[2..]) & TypeMask;
        Value = _rest[NetlinkMessages.AttributeHeaderBytes..length];
        _rest = _rest[Math.Min(NetlinkMessages.Aligned(length), _rest.Length)..];
        return true;
    }

    /// <summary>The bytes of the first attribute of a type.</summary>
    /// <param name="attributes">A series of attributes.</param>
    /// <param name="type">The type.</param>
    /// <param name="value">Its bytes; empty where there is none.</param>
    /// <returns>False where there is none.</returns>
    /// <exception cref="NoiseSourceException">The bytes before it are no attributes.</exception>
    public static bool TryFind(ReadOnlySpan<byte> attributes, int type, out ReadOnlySpan<byte> value)
    {
        var each = new NetlinkAttributes(attributes);
        while (each.MoveNext())
        {
            if (each.Type != type)
                continue;
            value = each.Value;
            return true;
        }

        value = default;
        return false;
    }
}
