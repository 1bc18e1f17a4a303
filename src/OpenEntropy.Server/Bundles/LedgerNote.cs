using System.Globalization;
using System.Text;
using OpenEntropy.Pqc.Ledger;
using OpenEntropy.Server.Receipts;

namespace OpenEntropy.Server.Bundles;

/// <summary>
/// How many entries the ledger has and what its last line is, kept beside the identity and so away from the ledger: one that vanished or was cut is not
/// taken for a new one. It is written after each entry; a ledger that is ahead of it is what an end of the process leaves.
/// </summary>
/// <param name="files">Where it is stored.</param>
internal sealed class LedgerNote(IdentityFiles files)
{
    /// <summary>The file: the number of entries, a space, the SHA-256 of the last line, and a line feed.</summary>
    public const string Name = "ledger";

    private const int Longest = 19 + 1 + 64 + 1;

    private readonly Lock _lock = new();
    private volatile NotedLedger? _noted;

    /// <summary>What it says; null where it was not read, or there is none. It waits for nothing.</summary>
    public NotedLedger? Noted => _noted;

    /// <summary>Reads it, where there is one.</summary>
    /// <exception cref="IdentityException">It is damaged, or others than its owner can get at it.</exception>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public void Read()
    {
        lock (_lock)
        {
            _noted ??= files.Read(Name, Longest) is { } stored ? Parse(Encoding.Latin1.GetString(stored)) : null;
        }
    }

    /// <summary>Writes that the ledger has an entry; where it says so of a later one, nothing.</summary>
    /// <param name="last">An entry that is on the device.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public void Advance(LedgerEntry last)
    {
        lock (_lock)
        {
            if (last.Sequence <= _noted?.Count)
            {
                return;
            }

            var noted = NotedLedger.UpTo(last);
            _noted = noted;
            files.Write(Name, Encoding.ASCII.GetBytes(TextOf(noted)));
        }
    }

    private static NotedLedger Parse(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return
            space > 0
            && long.TryParse(text.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && new NotedLedger(count, text[(space + 1)..].TrimEnd('\n')) is { Count: > 0 } noted
            && TextOf(noted) == text
            ? noted
            : throw new IdentityException($"identity/{Name} is damaged: restore it, or remove it to take the ledger as it is");
    }

    private static string TextOf(NotedLedger noted) => string.Create(CultureInfo.InvariantCulture, $"{noted.Count} {noted.LineSha256}\n");
}

/// <summary>A ledger as it was once.</summary>
/// <param name="Count">Its entries.</param>
/// <param name="LineSha256">SHA-256 of its last line.</param>
internal sealed record NotedLedger(long Count, string LineSha256)
{
    /// <summary>Up to an entry.</summary>
    /// <param name="last">The entry.</param>
    public static NotedLedger UpTo(LedgerEntry last) => new(last.Sequence, last.LineSha256);

    /// <summary>Why entries are not those that were there, and perhaps more; null where they are.</summary>
    /// <param name="entries">What is there now.</param>
    public string? WhyNot(IReadOnlyList<LedgerEntry> entries)
    {
        const string Meant =
            $"put it back; or, if it is meant, remove identity/{LedgerNote.Name} and restart the service, to go on with what is there";
        if (entries.Count < Count)
        {
            return string.Create(CultureInfo.InvariantCulture, $"it had {Count} entries and has {entries.Count}: {Meant}");
        }

        return entries[(int)Count - 1].LineSha256 == LineSha256
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"its line {Count} is not the one that was there: {Meant}");
    }
}
