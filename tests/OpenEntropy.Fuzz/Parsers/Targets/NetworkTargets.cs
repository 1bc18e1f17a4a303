using System.Text;
using OpenEntropy.Continuity;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Network;

namespace OpenEntropy.Fuzz.Parsers.Targets;

/// <summary>What the kernel and the network say.</summary>
internal static class NetworkTargets
{
    private static readonly byte[] s_query = DnsMessage.Query("example.org")!;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ParserTarget> All { get; } =
    [
        new(
            "netlink",
            ReadNetlink,
            NewStation(),
            [.. NewStation(), .. NewStation()],
            [20, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF]
        )
        {
            Refusals = [typeof(NoiseSourceException)],
        },
        new(
            "wireless_table",
            bytes => _ = WirelessTable.Levels(bytes),
            "Inter-| sta-|   Quality        |\n face | tus | link level noise |\n wlan0: 0000   54.  -56.  -256        0\n wlan1: 0 1. -2147483648. 7\n"u8.ToArray()
        ),
        new("numeric_fields", ReadFields, "CPU0 24: 17 -1\t18446744073709551616\n 3"u8.ToArray()),
        new(
            "uevent",
            bytes => _ = VmGenerationWatch.Announces(bytes),
            "change@/devices/vmgenid\0ACTION=change\0NEW_VMGENID=1\0"u8.ToArray()
        ),
        new("dns_reply", ReadReply, Reply(0x81, 0x80), Reply(0x84, 0x03)),
        new("dns_name", ReadName, ".", "example.org", "_x-1.example.org.", $"{new string('a', 63)}.{new string('b', 63)}.c"),
    ];

    private static void ReadNetlink(byte[] bytes)
    {
        var messages = new NetlinkMessages(bytes);
        while (messages.MoveNext())
        {
            BrokenRuleException.Unless(messages.ErrorNumber is >= 0 and < 4096, "an errno that is none");
            _ = Nl80211.Level(messages.Command, messages.Attributes);
            _ = Nl80211.Family(messages.Attributes);
        }
    }

    private static void ReadFields(byte[] bytes)
    {
        var (whole, pieces) = (new NumericFields(), new NumericFields());
        whole.Add(bytes);
        foreach (var piece in bytes.Chunk(3))
            pieces.Add(piece);
        whole.End();
        pieces.End();
        BrokenRuleException.Unless((whole.Count, whole.Sum) == (pieces.Count, pieces.Sum), "the pieces are not the whole");
    }

    private static void ReadReply(byte[] bytes)
    {
        var kind = DnsMessage.Classify(bytes, s_query, out var code);
        BrokenRuleException.Unless(code is >= 0 and <= 15 && (kind == DnsReply.Answer || code == 0), "a code that is none");
    }

    private static void ReadName(string name)
    {
        if (DnsMessage.Query(name) is { } query)
            BrokenRuleException.Unless(query.Length <= DnsMessage.MaximumBytes && query.Length >= name.Length, "a query is too long");
    }

    private static byte[] NewStation()
    {
        byte[] signal = [5, 0, 7, 0, 0xC8, 0, 0, 0];
        byte[] station = [(byte)(4 + signal.Length), 0, 21, 0x80, .. signal];
        byte[] index = [8, 0, 3, 0, 2, 0, 0, 0];
        var length = 20 + index.Length + station.Length;
        return [(byte)length, 0, 0, 0, 0x1C, 0, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 19, 1, 0, 0, .. index, .. station];
    }

    private static byte[] Reply(byte flags, byte code)
    {
        var reply = (byte[])s_query.Clone();
        (reply[2], reply[3]) = (flags, code);
        return [.. reply, .. Encoding.ASCII.GetBytes("answers that are not looked at")];
    }
}
