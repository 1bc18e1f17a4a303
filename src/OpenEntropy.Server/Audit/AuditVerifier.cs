using System.Buffers.Text;
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
        var (hasFrom, entries) = (false, 0L);
        var (first, signed) = ((long?)null, (long?)null);
        var forged = new List<long>();
        var open = new SortedSet<long>();
        var scanner = new AuditScanner(before: null, Look);
        var found = new List<AuditFileVerification>();
        DateTimeOffset? time = null;
        foreach (var file in files.OrderBy(First).ThenBy(file => file, StringComparer.Ordinal))
        {
            var scan = scanner.Read(AuditTail.ReadAll(file));
            found.Add(new AuditFileVerification(file, scan.Lines, scan.Problems));
            time = scan.LastTime ?? time;
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
            hasFrom |= head.Hash == from || (first is null && line.Previous == from);
            first ??= line.Sequence;
            entries++;
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

    private static bool IsSigned(AuditLine line, ReceiptPublicKey key) =>
        line.Signature is { } text && Base64Url.IsValid(text) && key.IsSignature(Base64Url.DecodeFromChars(text), line.SigningInput());

    // By what is in them, since copies may have any name; one that does not say it stands where its name says.
    private static long First(string file) =>
        AuditLineReader.Read(AuditTail.FirstLine(file))?.Sequence ?? AuditFiles.FirstOf(file) ?? long.MaxValue;
}
