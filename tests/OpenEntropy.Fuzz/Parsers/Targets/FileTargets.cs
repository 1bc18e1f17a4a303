using System.Text;
using OpenEntropy.Assessment;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Pqc.Ledger;
using OpenEntropy.Server.Assessment;

namespace OpenEntropy.Fuzz.Parsers.Targets;

/// <summary>Files that were written by an earlier run, or that somebody else wrote in their place.</summary>
internal static class FileTargets
{
    private static readonly string s_folder = Directory.CreateTempSubdirectory("openentropy-fuzz-").FullName;
    private static readonly byte[] s_samples = [.. Enumerable.Range(0, 100).Select(i => (byte)(i % 7))];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ParserTarget> All { get; } =
    [
        new("recording_header", ReadHeader, Header())
        {
            Refusals = [typeof(AssessmentInputException)],
            Pieces = ["\"samples\":100", "\"version\":2", "\"kind\":\"output\"", "9999-12-31T23:59:59Z", "\"sample_bits\":9"],
            Cost = 10,
        },
        new("recording_samples", ReadSamples, s_samples) { Refusals = [typeof(AssessmentInputException)], Cost = 10 },
        new("assessment_history", ReadHistory, History())
        {
            Pieces = ["\"sources\":null", "[null]", "{\"a\":null}", "1e-999", "\"count\":0"],
            Cost = 20,
        },
        new("ledger_index", ReadLedger, Index(1), Index(3)) { Refusals = [typeof(LedgerException)] },
    ];

    private static string Mine(string name) =>
        Directory.CreateDirectory(Path.Combine(s_folder, $"{name}-{Environment.CurrentManagedThreadId}")).FullName;

    private static void ReadHeader(byte[] json)
    {
        var path = Path.Combine(Mine("header"), "x");
        File.WriteAllBytes(path + ".json", json);
        File.WriteAllBytes(path + ".bin", s_samples);
        Check(RecordingFile.Read(path));
    }

    private static void ReadSamples(byte[] samples)
    {
        var path = Path.Combine(Mine("samples"), "x");
        File.WriteAllBytes(path + ".json", Header());
        File.WriteAllBytes(path + ".bin", samples);
        Check(RecordingFile.Read(path));
    }

    private static void Check(Recording recording)
    {
        BrokenRuleException.Unless(recording.Samples.Length == recording.Header.Samples, "a recording has another length");
        BrokenRuleException.Unless(
            recording.Samples.IndexOfAnyExceptInRange((byte)0, (byte)((1 << recording.Header.SampleBits) - 1)) < 0,
            "a sample is wider than its header says"
        );
    }

    private static void ReadHistory(byte[] json)
    {
        var file = new HistoryFile(Mine("history"));
        File.WriteAllBytes(file.Path, json);
        File.Delete(file.AsidePath);
        var loaded = file.Load();
        BrokenRuleException.Unless(loaded.MayBeReplaced, "a file that can be read is not");
        BrokenRuleException.Unless(
            loaded.Sources.Values.All(source => source is { Minimum: >= 0 and <= 8, Count: > 0 }),
            "a figure that cannot be stands"
        );
        BrokenRuleException.Unless(File.Exists(file.AsidePath) == loaded.Problem is not null, "a damaged file is lost, or not told of");
    }

    // What was read is what stands there, to the last whole line.
    private static void ReadLedger(byte[] index)
    {
        var entries = LedgerIndex.Read(index, out var whole);
        var written = Encoding.ASCII.GetBytes(string.Concat(entries.Select(entry => entry.Line)));
        BrokenRuleException.Unless(
            written.AsSpan().SequenceEqual(index.AsSpan(0, whole)),
            "lines are written otherwise than they were read"
        );
    }

    private static byte[] Header()
    {
        var path = Path.Combine(Mine("made"), "x");
        RecordingFile.Write(
            path,
            new RecordingHeader
            {
                Source = "scripted",
                Kind = RecordingKind.Raw,
                SampleBits = 3,
                Digitization = "The low bits.",
                Sequence = "Consecutive.",
                Machine = new RecordingMachine
                {
                    Cpu = "a",
                    Cores = 2,
                    Os = "b",
                    Kernel = "c",
                },
                Start = DateTimeOffset.UnixEpoch,
                End = DateTimeOffset.UnixEpoch.AddSeconds(1),
                ProductVersion = "1.0",
            },
            s_samples
        );
        return File.ReadAllBytes(path + ".json");
    }

    private static byte[] History()
    {
        var file = new HistoryFile(Mine("made"));
        var figure = new AssessedFigure
        {
            Time = DateTimeOffset.UnixEpoch,
            Trigger = default,
            Samples = 1000,
            MinEntropy = 3.5,
            HOriginal = 3.5,
            HBitstring = 0.5,
            Sha256 = new string('a', 64),
        };
        file.Save(
            new Dictionary<string, SourceHistory>(StringComparer.Ordinal)
            {
                ["scripted"] = SourceHistory.Add(SourceHistory.Add(null, figure), figure),
            }
        );
        return File.ReadAllBytes(file.Path);
    }

    private static byte[] Index(int lines)
    {
        var text = new StringBuilder();
        var previous = LedgerEntry.NoPrevious;
        for (var i = 1; i <= lines; i++)
        {
            var entry = new LedgerEntry(i, i.ToString("x32"), new string('b', 64), previous);
            text.Append(entry.Line);
            previous = entry.LineSha256;
        }

        return Encoding.ASCII.GetBytes(text.Append("4 0123").ToString());
    }
}
