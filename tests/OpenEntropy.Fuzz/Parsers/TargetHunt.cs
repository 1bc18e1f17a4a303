using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace OpenEntropy.Fuzz.Parsers;

/// <summary>Tries torn inputs on every parser, and tells what it found.</summary>
/// <param name="seed">The seed of all tries.</param>
/// <param name="output">Where to tell.</param>
internal sealed class TargetHunt(ulong seed, TextWriter output)
{
    private const int MostKinds = 10;
    private const int BytesTold = 200;

    /// <summary>What takes longer for one input is a finding: a parser that somebody can keep busy. Infinite, the default: nothing is.</summary>
    public TimeSpan Patience { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Runs it on every target.</summary>
    /// <param name="targets">The parsers.</param>
    /// <param name="from">The number of the first try.</param>
    /// <param name="tries">Tries for each of the quickest; others have fewer by their cost.</param>
    /// <param name="limit">When each target ends at the latest; infinite for never.</param>
    /// <param name="keep">A folder for inputs that were found; null: they are told alone.</param>
    /// <returns>The number of findings.</returns>
    public int Run(IEnumerable<ParserTarget> targets, long from, long tries, TimeSpan limit, string? keep = null) =>
        targets.Sum(target => Run(target, from, Math.Max(1, tries / target.Cost), limit, keep));

    private int Run(ParserTarget target, long from, long tries, TimeSpan limit, string? keep)
    {
        var findings = new ConcurrentDictionary<string, (long Number, string Fault)>(StringComparer.Ordinal);
        var done = 0L;
        var slowest = 0L;
        var started = Stopwatch.GetTimestamp();
        Parallel.For(
            from,
            from + tries,
            (number, state) =>
            {
                var fault = TargetTrial.FindFault(target, TargetTrial.Input(target, seed, number), out var took);
                if (Patience != Timeout.InfiniteTimeSpan && took > Patience)
                    fault ??= $"it takes long: {took.TotalSeconds:0.0} s";
                InterlockedMax(ref slowest, took.Ticks);
                Interlocked.Increment(ref done);
                if (fault is not null)
                    findings.TryAdd(KindOf(fault), (number, fault));
                if (findings.Count >= MostKinds || (limit != Timeout.InfiniteTimeSpan && Stopwatch.GetElapsedTime(started) > limit))
                    state.Stop();
            }
        );
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{target.Name, -24} {done, 10} inputs {seconds, 7:0.0} s, slowest {TimeSpan.FromTicks(slowest).TotalMilliseconds:0.0} ms{(findings.IsEmpty ? "" : $", {findings.Count} FOUND")}"
            )
        );
        foreach (var (kind, (number, fault)) in findings)
            Tell(target, kind, number, fault, keep);
        return findings.Count;
    }

    private void Tell(ParserTarget target, string kind, long number, string fault, string? keep)
    {
        var input = ByteShrinking.Shrink(target, TargetTrial.Input(target, seed, number), kind);
        output.WriteLine($"FOUND by {target.Name}: {fault}\n  {Printable(input)}");
        output.WriteLine($"  again: --only {target.Name} --seed {seed} --from {number} --target-tries {target.Cost}");
        if (keep is null)
            return;
        var folder = Directory.CreateDirectory(Path.Combine(keep, target.Name));
        var file = Path.Combine(folder.FullName, $"found-{seed}-{number}.hex");
        File.WriteAllText(file, $"# {fault.ReplaceLineEndings(" ")}\n{KeptInputs.ToHex(input)}");
        output.WriteLine($"  kept as {file}");
    }

    private static string KindOf(string fault) => fault.Split(':', 2)[0];

    private static string Printable(byte[] input)
    {
        var text = new StringBuilder();
        foreach (var each in input.Take(BytesTold))
            text.Append(each is >= (byte)' ' and <= (byte)'~' ? ((char)each).ToString() : $"\\x{each:X2}");
        return text.Append(input.Length > BytesTold ? $"… {input.Length} bytes" : "").ToString();
    }

    private static void InterlockedMax(ref long target, long value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; )
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }
}
