using System.Buffers.Binary;
using System.Text;

namespace OpenEntropy.Noise.Network;

/// <summary>What a packet is to a query.</summary>
internal enum DnsReply
{
    /// <summary>The answer to the query: its id, and its question.</summary>
    Answer,

    /// <summary>A response to some other query: a late one, or a forged one.</summary>
    OtherQuery,

    /// <summary>No DNS response: too short, a query, or another operation.</summary>
    NoResponse,
}

/// <summary>
/// One query of the domain name system and what may answer it (RFC 1035, 4.1). Pure: the socket is <see cref="DnsTimingSource"/>'s.
/// </summary>
internal static class DnsMessage
{
    /// <summary>Bytes of the longest response without EDNS, which is not asked for (RFC 1035, 4.2.1).</summary>
    public const int MaximumBytes = 512;

    /// <summary>The response code "no error".</summary>
    public const int NoError = 0;

    /// <summary>The response code "there is no such name".</summary>
    public const int NoSuchName = 3;

    private const int HeaderBytes = 12;
    private const int QuestionBytes = 4; // type and class, after the name
    private const int MaximumNameBytes = 255;
    private const int MaximumLabelBytes = 63;
    private const ushort Response = 0x8000; // QR
    private const ushort OperationMask = 0x7800; // OPCODE; 0: a standard query
    private const ushort RecursionDesired = 0x0100; // RD
    private const ushort CodeMask = 0x000F; // RCODE
    private const ushort NameServers = 2; // type NS
    private const ushort Internet = 1; // class IN

    /// <summary>A query for a name's name servers, with recursion, id 0.</summary>
    /// <param name="name">The name; "." is the root.</param>
    /// <returns>The message, or null where the name cannot be one: letters, digits, hyphens and underscores in labels of at most 63.</returns>
    public static byte[]? Query(string name)
    {
        Span<byte> message = stackalloc byte[HeaderBytes + MaximumNameBytes + QuestionBytes];
        message.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], RecursionDesired);
        BinaryPrimitives.WriteUInt16BigEndian(message[4..], 1); // one question
        var end = HeaderBytes;
        var labels = name.EndsWith('.') ? name[..^1] : name;
        foreach (var label in labels.Split('.', labels.Length == 0 ? StringSplitOptions.RemoveEmptyEntries : StringSplitOptions.None))
        {
            if (!IsLabel(label) || end + 1 + label.Length + 1 > HeaderBytes + MaximumNameBytes)
                return null;
            message[end++] = (byte)label.Length;
            end += Encoding.ASCII.GetBytes(label, message[end..]);
        }

        if (name.Length == 0)
            return null;
        message[end++] = 0; // the root
        BinaryPrimitives.WriteUInt16BigEndian(message[end..], NameServers);
        BinaryPrimitives.WriteUInt16BigEndian(message[(end + 2)..], Internet);
        return message[..(end + QuestionBytes)].ToArray();
    }

    /// <summary>Writes a query's id.</summary>
    public static void SetId(Span<byte> query, ushort id) => BinaryPrimitives.WriteUInt16BigEndian(query, id);

    /// <summary>What a packet is to a query. The records of an answer are not looked at: only when it came matters, and a cut-off one came too.</summary>
    /// <param name="packet">Any bytes.</param>
    /// <param name="query">From <see cref="Query"/>.</param>
    /// <param name="code">The response code of an answer (RCODE).</param>
    public static DnsReply Classify(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> query, out int code)
    {
        code = 0;
        if (packet.Length < HeaderBytes)
            return DnsReply.NoResponse;
        var flags = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        if ((flags & Response) == 0 || (flags & OperationMask) != 0)
            return DnsReply.NoResponse;
        if (!packet[..2].SequenceEqual(query[..2]) || !HasSameQuestion(packet, query))
            return DnsReply.OtherQuery;
        code = flags & CodeMask;
        return DnsReply.Answer;
    }

    private static bool HasSameQuestion(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> query)
    {
        if (BinaryPrimitives.ReadUInt16BigEndian(packet[4..]) != 1 || packet.Length < query.Length)
            return false;

        // Names are compared without case (RFC 1035, 2.3.3). Folding the length bytes too is harmless: they are below 64.
        for (var i = HeaderBytes; i < query.Length; i++)
            if (Lower(packet[i]) != Lower(query[i]))
                return false;
        return true;
    }

    private static byte Lower(byte letter) => letter is >= (byte)'A' and <= (byte)'Z' ? (byte)(letter | 0x20) : letter;

    private static bool IsLabel(string label) =>
        label.Length is >= 1 and <= MaximumLabelBytes && label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
