using System.Runtime.InteropServices;
using System.Text;

namespace OpenEntropy.Tests.Noise.Network;

/// <summary>Datagrams as a kernel sends them, laid out by linux/netlink.h and linux/genetlink.h.</summary>
internal static class NetlinkBytes
{
    public const ushort Error = 2;
    public const ushort Done = 3;

    /// <summary>A generic netlink message: struct nlmsghdr, struct genlmsghdr, attributes.</summary>
    public static byte[] Message(ushort family, uint sequence, byte command, params byte[][] attributes) =>
        Header(family, sequence, [command, 1, 0, 0, .. attributes.SelectMany(attribute => attribute)]);

    /// <summary>The end of a dump.</summary>
    public static byte[] End(uint sequence) => Header(Done, sequence, Bytes(0));

    /// <summary>A refusal: struct nlmsgerr, the errno negated, then the header of the request.</summary>
    public static byte[] Refusal(uint sequence, int error) => Header(Error, sequence, [.. Bytes(-error), .. new byte[16]]);

    /// <summary>struct nlattr and its value, filled up to four bytes.</summary>
    public static byte[] Attribute(ushort type, params byte[] value)
    {
        var length = (ushort)(4 + value.Length);
        return [.. Bytes(length), .. Bytes(type), .. value, .. new byte[-length & 3]];
    }

    /// <summary>An attribute that holds others, marked as such.</summary>
    public static byte[] Nest(ushort type, params byte[][] attributes) =>
        Attribute((ushort)(type | 0x8000), [.. attributes.SelectMany(attribute => attribute)]);

    public static byte[] Bytes<T>(T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ToArray();

    /// <summary>NL80211_CMD_NEW_STATION of an interface: its index, the station's address, and the signal between other facts.</summary>
    public static byte[] Station(ushort family, uint sequence, sbyte signal) =>
        Message(
            family,
            sequence,
            19,
            Attribute(3, Bytes(7)),
            Attribute(6, 2, 0, 0, 0x12, 0x34, 0x56),
            Nest(21, Attribute(1, Bytes(20)), Attribute(7, (byte)signal), Attribute(13, (byte)(signal - 1)))
        );

    /// <summary>NL80211_CMD_NEW_SURVEY_RESULTS of one channel.</summary>
    public static byte[] Survey(ushort family, uint sequence, sbyte noise, bool inUse) =>
        Message(
            family,
            sequence,
            51,
            Attribute(3, Bytes(7)),
            Nest(84, [Attribute(1, Bytes(2437)), Attribute(2, (byte)noise), .. inUse ? [Attribute(3)] : Array.Empty<byte[]>()])
        );

    /// <summary>CTRL_CMD_NEWFAMILY.</summary>
    public static byte[] Family(uint sequence, ushort id, string name) =>
        Message(16, sequence, 1, Attribute(2, [.. Encoding.ASCII.GetBytes(name), 0]), Attribute(1, Bytes(id)));

    private static byte[] Header(ushort type, uint sequence, byte[] body) =>
        [.. Bytes(16 + body.Length), .. Bytes(type), .. Bytes((ushort)2), .. Bytes(sequence), .. Bytes(0), .. body];
}
