using System.Runtime.InteropServices;

namespace OpenEntropy.Noise.Network;

/// <summary>
/// The messages of one datagram from generic netlink, one after the other (linux/netlink.h: struct nlmsghdr; linux/genetlink.h: struct genlmsghdr).
/// Integers are in the machine's byte order. Pure; every length is checked against what is there.
/// </summary>
internal ref struct NetlinkMessages
{
    /// <summary>Bytes of both headers.</summary>
    public const int HeaderBytes = NetlinkHeaderBytes + GenericHeaderBytes;

    /// <summary>Bytes of an attribute's header.</summary>
    public const int AttributeHeaderBytes = 4; // struct nlattr: length, type

    private const int NetlinkHeaderBytes = 16;
    private const int GenericHeaderBytes = 4;
    private const int Alignment = 4; // NLMSG_ALIGNTO, NLA_ALIGNTO
    private const ushort Error = 2; // NLMSG_ERROR
    private const ushort Done = 3; // NLMSG_DONE
    private const ushort Request = 1; // NLM_F_REQUEST
    private const ushort Dump = 0x300; // NLM_F_DUMP

    private ReadOnlySpan<byte> _rest;

    /// <summary>Before the first message.</summary>
    /// <param name="datagram">As it was received.</param>
    public NetlinkMessages(ReadOnlySpan<byte> datagram) => _rest = datagram;

    /// <summary>The family that sent the current message: the number its requests go to.</summary>
    public ushort Family { get; private set; }

    /// <summary>The number of the request that the current message answers.</summary>
    public uint Sequence { get; private set; }

    /// <summary>True where the current message ends an answer: an error, an acknowledgement, or the end of a dump.</summary>
    public bool IsEnd { get; private set; }

    /// <summary>At an end: 0, or an errno. Elsewhere 0.</summary>
    public int ErrorNumber { get; private set; }

    /// <summary>What the current message tells, in its family's numbers; 0 at an end.</summary>
    public byte Command { get; private set; }

    /// <summary>The current message's attributes, for <see cref="NetlinkAttributes"/>; empty at an end.</summary>
    public ReadOnlySpan<byte> Attributes { get; private set; }

    /// <summary>Goes to the next message.</summary>
    /// <returns>False at the end of the datagram.</returns>
    /// <exception cref="NoiseSourceException">The bytes are no message.</exception>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
            return false;
        if (_rest.Length < NetlinkHeaderBytes)
            throw new NoiseSourceException($"a netlink message ends after {_rest.Length} bytes of its header");
        var length = MemoryMarshal.Read<uint>(_rest);
        if (length < NetlinkHeaderBytes || length > _rest.Length)
            throw new NoiseSourceException($"a netlink message says it has {length} bytes where there are {_rest.Length}");

        Family = MemoryMarshal.Read<ushort>(_rest[4..]);
        Sequence = MemoryMarshal.Read<uint>(_rest[8..]);
        IsEnd = Family is Error or Done;
        var body = _rest[NetlinkHeaderBytes..(int)length];
        _rest = _rest[Math.Min(Aligned((int)length), _rest.Length)..];
        if (IsEnd)
            ReadEnd(body);
        else
            ReadBody(body);
        return true;
    }

    /// <summary>Writes a request with one attribute, whose bytes are the last 4-byte-aligned ones.</summary>
    /// <param name="message">Receives it.</param>
    /// <param name="family">The family's number.</param>
    /// <param name="command">In the family's numbers.</param>
    /// <param name="dump">True where all objects are wanted, in several messages.</param>
    /// <param name="sequence">The number its answers repeat.</param>
    /// <param name="attribute">The attribute's type.</param>
    /// <param name="value">Its bytes.</param>
    /// <returns>The message's bytes.</returns>
    public static int WriteRequest(
        Span<byte> message,
        ushort family,
        byte command,
        bool dump,
        uint sequence,
        ushort attribute,
        ReadOnlySpan<byte> value
    )
    {
        var length = HeaderBytes + AttributeHeaderBytes + Aligned(value.Length);
        message[..length].Clear();
        MemoryMarshal.Write(message, (uint)length);
        MemoryMarshal.Write(message[4..], family);
        MemoryMarshal.Write(message[6..], (ushort)(Request | (dump ? Dump : 0)));
        MemoryMarshal.Write(message[8..], sequence);
        message[NetlinkHeaderBytes] = command;
        message[NetlinkHeaderBytes + 1] = 1; // version
        MemoryMarshal.Write(message[HeaderBytes..], (ushort)(AttributeHeaderBytes + value.Length));
        MemoryMarshal.Write(message[(HeaderBytes + 2)..], attribute);
        value.CopyTo(message[(HeaderBytes + AttributeHeaderBytes)..]);
        return length;
    }

    /// <summary>Rounded up to where the next message or attribute begins.</summary>
    public static int Aligned(int length) => (length + Alignment - 1) & -Alignment;

    private void ReadEnd(ReadOnlySpan<byte> body)
    {
        Command = 0;
        Attributes = default;
        if (body.Length < sizeof(int) && Family == Error)
            throw new NoiseSourceException("a netlink error has no number");
        // An acknowledgement says 0, a failure its errno negated, and so does the end of a dump.
        var number = body.Length < sizeof(int) ? 0 : MemoryMarshal.Read<int>(body);
        ErrorNumber = number < 0 && number > -4096 ? -number : 0;
    }

    private void ReadBody(ReadOnlySpan<byte> body)
    {
        if (body.Length < GenericHeaderBytes)
            throw new NoiseSourceException("a generic netlink message has no header");
        Command = body[0];
        Attributes = body[GenericHeaderBytes..];
        ErrorNumber = 0;
    }
}
