using System.Buffers.Text;
using System.Globalization;
using OpenEntropy.Receipts;
using OpenEntropy.Server.Health;

namespace OpenEntropy.Server.Audit;

/// <summary>Follows the chain through all files that are there.</summary>
internal static class AuditVerifier
{
    /// <summary>Follows it.</summary>
    /// <param name="files">The files, in any order.</param>
    /// <param name="from">A hash that was noted before: of an entry, or of the one before the first; null for none.</param>
    /// <param name="key">Whose checkpoints are looked at; null: nobody's.</param>
    /// <exception cref="IOException">One cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">One may not be read.</exception>
    public static AuditVerification Verify(IEnumerable<string> files, string? from, ReceiptPublicKey? key = null)
    {
        var (hasFrom, followsFrom, entries) = (false, false, 0L);
        var (first, signed) = ((long?)null, (long?)null);
        var deleted = new HashSet<long>();
        var forged = new List<long>();
        var open = new SortedSet<long>();
        var scanner = new AuditScanner(before: null, Look);
        var found = new List<AuditFileVerification>();
        DateTimeOffset? time = null;
        foreach (var file in files.OrderBy(First).ThenBy(file => file, StringComparer.Ordinal))
        {
            var scan = scanner.Read(AuditTail.ReadAll(file));
            found.Add(new AuditFileVerification(file, scan.Lines, [.. OfItsName(file, scan), .. scan.Problems]));
            time = scan.LastTime ?? time;
        }

        if (first > 1 && !followsFrom && !deleted.Contains(first.Value))
        {
            found[0] = found[0] with { Problems = [OfItsFront(first.Value), .. found[0].Problems] };
        }

        return new AuditVerification(
            found,
            first,
            entries,
            scanner.Head ?? AuditHead.None,
            time,
            from is null ? null : hasFrom,
            signed,
            forged,
            [.. open]
        );

        void Look(AuditLine line, AuditHead head)
        {
            followsFrom |= first is null && line.Previous == from;
            hasFrom |= head.Hash == from || followsFrom;
            first ??= line.Sequence;
            entries++;
            if (FirstAfterDeletion(line) is { } kept)
            {
                deleted.Add(kept);
            }

            if (key is not null && line.Entry.Subject == key.KeyId && line.Entry.Act == StateNames<AuditAct>.Of(AuditAct.LogCheckpoint))
            {
                if (IsSigned(line, key))
                {
                    signed = line.Sequence;
                }
                else
                {
                    forged.Add(line.Sequence);
                }
            }

            if (line.Entry.Begun is { } begun)
            {
                open.Remove(begun);
            }
            else if (line.Entry.Outcome == StateNames<AuditOutcome>.Of(AuditOutcome.Begun))
            {
                open.Add(line.Sequence);
            }
        }
    }

    // The number of the entry that the log begins with once the service has deleted a file; null where the line does not tell of it.
    private static long? FirstAfterDeletion(AuditLine line) =>
        line.Entry.Act == StateNames<AuditAct>.Of(AuditAct.LogDelete) && line.Entry.Subject is { } name
            ? AuditFiles.FirstOf(name) + line.Entry.Count
            : null;

    private static AuditProblem OfItsFront(long first) =>
        new(
            1,
            AuditBreak.Missing,
            string.Create(
                CultureInfo.InvariantCulture,
                $"line 1 is entry {first}: what is before it is missing, and no log_delete says that the service deleted it"
            )
        );

    private static IEnumerable<AuditProblem> OfItsName(string file, AuditScan scan)
    {
        if (AuditFiles.FirstOf(file) is { } named && scan.First is { } first && first.Sequence != named)
        {
            yield return new AuditProblem(
                1,
                AuditBreak.Reordered,
                string.Create(CultureInfo.InvariantCulture, $"line 1 is entry {first.Sequence}, and the file is named for entry {named}")
            );
        }
    }

    private static bool IsSigned(AuditLine line, ReceiptPublicKey key) =>
        line.Signature is { } text && Base64Url.IsValid(text) && key.IsSignature(Base64Url.DecodeFromChars(text), line.SigningInput());

    // By what is in them, since copies may have any name; one that does not say it stands where its name says.
    private static long First(string file) =>
        AuditLineReader.Read(AuditTail.FirstLine(file))?.Sequence ?? AuditFiles.FirstOf(file) ?? long.MaxValue;
}
