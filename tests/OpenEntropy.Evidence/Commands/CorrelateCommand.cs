using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using OpenEntropy.Evidence.Correlation;
using OpenEntropy.Evidence.Documents;
using OpenEntropy.Evidence.Sources;

namespace OpenEntropy.Evidence.Commands;

/// <summary><c>correlate</c>: how much each pair of sources goes together while both collect at once, and in turns.</summary>
internal sealed class CorrelateCommand
{
    private const double UsualSeconds = 0.15;
    private const double LeastSeconds = 0.01;
    private const double MostSeconds = 10;

    private readonly EvidenceConsole _console;
    private readonly SourceOptions _sources = new($"{SelectedSources.Claimed}, without those that are opt-in");

    private readonly Option<double> _seconds = new("--seconds")
    {
        Description =
            $"How long a pair collects at once, and about as long in turns. Default: {UsualSeconds.ToString(CultureInfo.InvariantCulture)}.",
        HelpName = "0.01..10",
        DefaultValueFactory = _ => UsualSeconds,
    };
    private readonly DocumentFile _document;

    public CorrelateCommand(EvidenceConsole console)
    {
        _console = console;
        _document = new DocumentFile("docs/independence.md", console);
        _seconds.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !IsInRange(result.Tokens[0].Value))
                result.AddError($"{_seconds.Name} is {result.Tokens[0].Value}, and can be {_seconds.HelpName}.");
        });
        Command = new Command(
            "correlate",
            "Measures how much each pair of the sources selected goes together, and writes the result in Markdown. Fails where a pair could not be measured."
        );
        _sources.AddTo(Command);
        Command.Add(_seconds);
        _document.AddTo(Command);
        Command.SetAction(Run);
    }

    /// <summary>The command.</summary>
    public Command Command { get; }

    private static bool IsInRange(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && value is >= LeastSeconds and <= MostSeconds;

    private int Run(ParseResult parsed)
    {
        var path = _document.Check(parsed);
        var request = _sources.Read(parsed);
        using var sources = SelectedSources.Of(request, byDefault: info => info is { ClaimedMinEntropy: > 0, OptIn: false });
        var available = sources.Available;
        if (available.Count < 2)
            throw new UsageException("a correlation is of two sources, and fewer of those selected are available");

        var window = TimeSpan.FromSeconds(parsed.GetValue(_seconds));
        var start = Stopwatch.GetTimestamp();
        var pairs = new AllPairs(window, sources.Make, Show).Measure([.. available.Select(source => source.Info)]);
        _console.Error.WriteLine($"{pairs.Count} pairs in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
        _document.Write(
            path,
            IndependenceReport.Text(
                [.. available.Select(source => source.Info.Name)],
                [.. Absent(sources)],
                pairs,
                Reproduction.Command([
                    "correlate",
                    .. request.Arguments(),
                    "--seconds",
                    window.TotalSeconds.ToString(CultureInfo.InvariantCulture),
                ]),
                window,
                _console.Time.GetUtcNow()
            )
        );
        return ExitCode(pairs);
    }

    /// <summary>A pair that was not measured may not pass for independent.</summary>
    internal static int ExitCode(IEnumerable<SourcePair> pairs) =>
        pairs.All(pair => pair.Failure is null) ? ExitCodes.Success : ExitCodes.Failed;

    private static IEnumerable<(string Name, string Why)> Absent(SelectedSources sources)
    {
        foreach (var source in sources.Selected)
        {
            if (SelectedSources.WhyWithout(source) is { } why)
                yield return (source.Info.Name, why);
        }
    }

    private void Show(SourcePair pair)
    {
        if (pair.Failure is { } failure)
            _console.Error.WriteLine($"{pair.X}, {pair.Y}: {failure}");
        else if (pair.IsUndecided)
            _console.Error.WriteLine(
                $"{pair.X}, {pair.Y}: undecided, n {pair.AtOnce.Count}: they share one credit; --seconds may decide it"
            );
        else if (pair.First is not null)
            _console.Error.WriteLine(
                $"{pair.X}, {pair.Y}: n {pair.AtOnce.Count}, r {pair.AtOnce.Samples.Value:0.000}, ρ {pair.AtOnce.Ranks.Value:0.000}, δ {pair.AtOnce.Changes.Value:0.000}"
            );
    }
}
