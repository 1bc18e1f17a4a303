using OpenEntropy.Server.Audit;

namespace OpenEntropy.Fuzz.Parsers.Targets;

/// <summary>The audit log as it is found on disk, whoever wrote it.</summary>
internal static class AuditTargets
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ParserTarget> All { get; } =
    [
        new("audit_line", ReadLine, Log(1), Log(2)[Log(1).Length..]) { Pieces = Pieces },
        new("audit_file", ReadFile, Log(1), Log(4)) { Pieces = Pieces },
    ];

    private static string[] Pieces =>
        ["\"bytes\":-1", "\"status\":200", "9999-12-31T23:59:59.9999999Z", "\"sequence\":9223372036854775807", "\\u0000", "null"];

    // A line that reads is written as it was read.
    private static void ReadLine(byte[] bytes)
    {
        if (AuditLineReader.Read(bytes) is { } line)
        {
            BrokenRuleException.Unless(line.ToBytes().AsSpan().SequenceEqual(bytes), "a line is written otherwise than it was read");
        }
    }

    private static void ReadFile(byte[] bytes)
    {
        var scan = new AuditScanner(before: null).Read(bytes);
        BrokenRuleException.Unless(scan.Lines == bytes.Count(each => each == (byte)'\n'), "lines are counted otherwise than they are");
        BrokenRuleException.Unless(scan.GoodBytes + scan.TornBytes <= bytes.Length, "more bytes are good than there are");
        BrokenRuleException.Unless(
            scan.Problems.Count > 0 || scan.GoodBytes == bytes.Length,
            "nothing is wrong, and yet not all of it is good"
        );
        var good = new AuditScanner(before: null).Read(bytes.AsMemory(0, (int)scan.GoodBytes));
        BrokenRuleException.Unless(good.Problems.Count == 0 && good.Last == good.Good, "what is good is not by itself");
    }

    private static byte[] Log(int lines)
    {
        var entry = AuditEntry.Of(AuditParty.Service, AuditAct.LogCut, AuditOutcome.Done) with { Subject = "a\"\u00e4", Bytes = 7 };
        return AuditChain.Continue(AuditHead.None, DateTimeOffset.UnixEpoch, [.. Enumerable.Repeat(entry, lines)], sign: null).Lines;
    }
}
