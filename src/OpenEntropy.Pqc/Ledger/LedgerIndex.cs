using System.Text;

namespace OpenEntropy.Pqc.Ledger;

/// <summary>Reads the index and follows its chain.</summary>
internal static class LedgerIndex
{
    /// <summary>Reads the lines.</summary>
    /// <param name="index">All of the index.</param>
    /// <param name="whole">Bytes of the lines that are whole; what follows was being written when the process ended.</param>
    /// <param name="without">A bundle whose line, where it is the last, does not count: nor does its length. Null where there is none.</param>
    /// <exception cref="LedgerException">A line does not follow from the one before: the index was altered.</exception>
    public static List<LedgerEntry> Read(ReadOnlySpan<byte> index, out int whole, string? without = null)
    {
        var entries = new List<LedgerEntry>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var previous = LedgerEntry.NoPrevious;
        whole = 0;
        for (int end; (end = index[whole..].IndexOf((byte)'\n')) >= 0; whole += end + 1)
        {
            var number = entries.Count + 1;
            var entry =
                LedgerEntry.Parse(Encoding.Latin1.GetString(index.Slice(whole, end)))
                ?? throw new LedgerException($"line {number} of the index is none that was written here: the ledger was altered");
            if (entry.Sequence != number || entry.PreviousSha256 != previous || !ids.Add(entry.Id))
                throw new LedgerException($"line {number} of the index does not follow from the line before: the ledger was altered");
            entries.Add(entry);
            previous = entry.LineSha256;
        }

        if (entries is [.., var last] && last.Id == without)
        {
            entries.RemoveAt(entries.Count - 1);
            whole -= Encoding.ASCII.GetByteCount(last.Line);
        }

        return entries;
    }
}
