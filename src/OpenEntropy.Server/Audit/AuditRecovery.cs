using OpenEntropy.Server.Health;

namespace OpenEntropy.Server.Audit;

/// <summary>
/// Finds where a log goes on. Only the last file is read: what an end of the process or the machine leaves is a torn end of it, which is cut off. A file
/// that is damaged otherwise is left as it is, and the log goes on in a new one, which names the hash of the last line that is good.
/// </summary>
internal static class AuditRecovery
{
    /// <summary>Finds it, and cuts off a torn end.</summary>
    /// <param name="folder">The directory.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public static AuditFound Find(AuditFolder folder)
    {
        var files = folder.Files();
        return files.Count == 0
            ? new AuditFound(AuditHead.None, Path: null, Length: 0)
            : Find(folder, files[^1], files.Count > 1 ? files[^2] : null);
    }

    private static AuditFound Find(AuditFolder folder, string last, string? earlier)
    {
        var content = AuditTail.ReadAll(last);
        var before = Before(last, earlier, content);
        var scan = new AuditScanner(before).Read(content);
        if (!scan.IsWholeToItsEnd || (scan.First is { } first && first.Sequence != AuditFiles.FirstOf(last)))
        {
            return GoOnAfterDamage(last, scan);
        }

        if (scan.GoodBytes == 0)
        {
            // Nothing of its first line is whole. Where it is the only one it keeps its name, and with it the numbers.
            folder.Delete(last);
            var found = earlier is null
                ? new AuditFound(new AuditHead(AuditFiles.FirstOf(last)!.Value - 1, AuditHead.None.Hash), Path: null, Length: 0)
                : Find(folder);
            return scan.TornBytes == 0 ? found : found with { Torn = found.Torn + scan.TornBytes, TornFile = Path.GetFileName(last) };
        }

        if (scan.TornBytes > 0)
        {
            folder.Cut(last, scan.GoodBytes);
        }

        return new AuditFound(scan.Good, last, scan.GoodBytes)
        {
            Torn = scan.TornBytes,
            TornFile = scan.TornBytes > 0 ? Path.GetFileName(last) : null,
        };
    }

    // Where the file before ends with no line that can be read, as a damaged one may, the first line itself says where it stands.
    private static AuditHead Before(string last, string? earlier, ReadOnlyMemory<byte> content)
    {
        var first = AuditLineReader.Read(content[..(content.Span.IndexOf((byte)'\n') + 1)]);
        var isNewBeginning = first?.Entry.Act == StateNames<AuditAct>.Of(AuditAct.LogDamaged);
        var line = earlier is null || isNewBeginning ? default : AuditTail.LastLine(earlier);
        return AuditLineReader.Read(line) is { } end ? AuditHead.After(end.Sequence, line.Span)
            : first is not null ? new AuditHead(first.Sequence - 1, first.Previous)
            : new AuditHead(AuditFiles.FirstOf(last)!.Value - 1, AuditHead.None.Hash);
    }

    // Numbers that may stand in what is left are not given again.
    private static AuditFound GoOnAfterDamage(string last, AuditScan scan)
    {
        var next = AuditFiles.FirstOf(last)!.Value + Math.Max(scan.Lines, 1) + (scan.TornBytes > 0 ? 1 : 0);
        return new AuditFound(new AuditHead(next - 1, scan.Good.Hash), Path: null, Length: 0)
        {
            DamagedFile = Path.GetFileName(last),
            Damage = scan.Problems.Count > 0 ? scan.Problems[0].What : "it is not named by its first entry",
        };
    }
}
