using System.Globalization;

namespace OpenEntropy.Server.Audit;

/// <summary>
/// Follows the chain through files. A line follows if its number is one more than that of the line before, and if it names that line's hash. After one that
/// does not, the chain is followed on from where that line says it stands, so that each break is told once.
/// </summary>
/// <param name="before">Where the chain stands before the first line; null: the first line says it itself.</param>
/// <param name="look">Is shown every line that can be read.</param>
internal sealed class AuditScanner(AuditHead? before, Action<AuditLine, AuditHead>? look = null)
{
    /// <summary>The most problems that are told of one file.</summary>
    public const int MostProblems = 20;

    private readonly List<AuditProblem> _problems = [];
    private AuditHead? _head = before;
    private bool _isLost;

    /// <summary>Where the chain stands; null before the first line.</summary>
    public AuditHead? Head => _head;

    /// <summary>Reads a file.</summary>
    /// <param name="content">All of it.</param>
    public AuditScan Read(ReadOnlyMemory<byte> content)
    {
        _problems.Clear();
        var good = _head ?? AuditHead.None;
        var (at, lines, goodBytes) = (0, 0, 0L);
        AuditLine? first = null;
        DateTimeOffset? time = null;
        for (int end; (end = content.Span[at..].IndexOf((byte)'\n')) >= 0; at += end + 1)
        {
            var bytes = content.Slice(at, end + 1);
            lines++;
            var line = AuditLineReader.Read(bytes);
            Follow(lines, line, bytes.Span);
            first = lines == 1 ? line : first;
            time = line?.Time ?? time;
            if (_problems.Count == 0)
            {
                (good, goodBytes) = (_head!, at + end + 1);
            }
        }

        if (at < content.Length)
        {
            Tell(lines + 1, AuditBreak.Torn, $"has no end: {content.Length - at} bytes without a line feed");
        }

        return new AuditScan
        {
            First = first,
            Good = good,
            GoodBytes = goodBytes,
            Last = _head ?? AuditHead.None,
            LastTime = time,
            Lines = lines,
            TornBytes = content.Length - at,
            Problems = [.. _problems],
        };
    }

    private void Follow(int number, AuditLine? line, ReadOnlySpan<byte> bytes)
    {
        if (line is null)
        {
            Tell(number, AuditBreak.Changed, "is none that was written here");
            _head = AuditHead.After((_head?.Sequence ?? 0) + 1, bytes); // as if it were the next, so that the one after it shows what is missing
            _isLost = true;
            return;
        }

        if (_head is { } head)
        {
            Compare(number, line, head);
        }

        _isLost = false;
        _head = AuditHead.After(line.Sequence, bytes);
        look?.Invoke(line, _head);
    }

    private void Compare(int number, AuditLine line, AuditHead head)
    {
        var expected = head.Sequence + 1;
        if (line.Sequence > expected)
        {
            var missing = line.Sequence - expected;
            var text =
                missing == 1
                    ? $"entry {expected} is missing before it"
                    : $"entries {expected} to {line.Sequence - 1} are missing before it";
            Tell(number, AuditBreak.Missing, string.Create(CultureInfo.InvariantCulture, $"is entry {line.Sequence}: {text}"));
        }
        else if (line.Sequence < expected)
        {
            Tell(number, AuditBreak.Reordered, $"is entry {line.Sequence} where entry {expected} should be");
        }
        else if (line.Previous != head.Hash && !_isLost) // a line that cannot be read was told of already
        {
            Tell(number, AuditBreak.Changed, "does not name the hash of the line before: that one was changed, or this one");
        }
    }

    private void Tell(int line, AuditBreak kind, string what)
    {
        if (_problems.Count < MostProblems)
        {
            _problems.Add(new AuditProblem(line, kind, $"line {line} {what}"));
        }
    }
}
