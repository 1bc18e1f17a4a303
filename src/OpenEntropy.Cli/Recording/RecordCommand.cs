using System.CommandLine;
using System.Globalization;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Options;
using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Recording;

/// <summary><c>openentropy record</c>: raw samples to disk, of many sources in one session.</summary>
internal sealed class RecordCommand : Command, IHasExamples
{
    private const int UsualSamples = 1_000_000;
    private const double LongestSeconds = 604_800; // a week

    private static readonly string[] s_speeds = ["fast", "slow"];

    private readonly CommandConsole _console;
    private readonly Argument<string[]> _sources = new("SOURCE")
    {
        Description = "Noise sources: names, categories, globs, all.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<int?> _samples = new("--samples")
    {
        Description = string.Create(
            CultureInfo.InvariantCulture,
            $"Samples of each source, a byte each, 1 to {RecordingFile.MaximumSamples}. Default: {UsualSamples}, or the most where --duration is given."
        ),
        HelpName = "N",
        CustomParser = result =>
        {
            var given = result.Tokens[0].Value;
            if (
                int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var samples)
                && samples is >= 1 and <= RecordingFile.MaximumSamples
            )
                return samples;
            result.AddError(
                $"--samples is {given}, and can be 1 to {RecordingFile.MaximumSamples}: a recording is assessed in memory, and no longer one is."
            );
            return null;
        },
    };

    private readonly NumberOption<double> _duration = new(
        "--duration",
        0,
        0,
        LongestSeconds,
        "When it is over, seconds, also where the samples are not there; 0: when they are."
    );
    private readonly Option<string> _output = new("--output")
    {
        Description = "The session's folder. Default: one named by the time, among those that sessions lists.",
        HelpName = "FOLDER",
    };
    private readonly Option<bool> _force = new("--force") { Description = "Replace a session of that name, once the new one is whole." };
    private readonly JsonOption _json = new();

    public RecordCommand(CommandConsole console)
        : base("record", "Records raw samples of noise sources to disk.")
    {
        _console = console;
        Add(_sources);
        foreach (Option option in (Option[])[_samples, _duration, _output, _force, _json])
            Add(option);
        EmptyPath.Refuse(_output, "folder");
        _sources.Validators.Add(result =>
        {
            foreach (var given in result.Tokens.Select(token => token.Value))
            {
                if (given.Split(',', StringSplitOptions.TrimEntries).Intersect(s_speeds, StringComparer.OrdinalIgnoreCase).Any())
                    result.AddError(
                        $"SOURCE is '{given}': fast and slow are known of a source only once it has run; name sources, categories, globs or all."
                    );
                else if (Catalog.Refusal(given) is { } refusal)
                    result.AddError($"SOURCE is '{given}': {refusal}.");
            }
        });
        SetAction((parsed, end) => RunAsync(Read(parsed), end));
    }

    public IReadOnlyList<(string Line, string Does)> Examples =>
        [
            ("openentropy record disk_io", "A million samples, as many as an assessment asks for."),
            ("openentropy record 'silicon' --samples 100000 --output evening", "All sources of a category, in the folder evening."),
            ("openentropy record dram_row_buffer --duration 60", "What comes within a minute."),
        ];

    private RecordRequest Read(ParseResult parsed)
    {
        var duration = parsed.GetValue(_duration);
        return new RecordRequest(
            parsed.GetRequiredValue(_sources),
            parsed.GetValue(_samples) ?? (duration > 0 ? RecordingFile.MaximumSamples : UsualSamples),
            duration > 0 ? TimeSpan.FromSeconds(duration) : null,
            parsed.GetValue(_output) ?? Path.Combine(SessionPlace.Folder, SessionPlace.NameOf(_console.Time.GetUtcNow())),
            parsed.GetValue(_force),
            parsed.GetValue(_json)
        );
    }

    private async Task<int> RunAsync(RecordRequest request, CancellationToken end)
    {
        using var folder = new SessionFolder(request.Output, request.Force);
        var outcomes = await new RecordingSession(_console, request).RunAsync(folder.Current, end);
        var broken = outcomes.Where(outcome => outcome.BrokenOff is not null).ToList();
        if (outcomes.All(outcome => outcome.Header is null))
        {
            end.ThrowIfCancellationRequested();
            throw new CommandFailureException($"Nothing was recorded: {Words(broken[0])}.", ExitCodes.Unavailable);
        }

        var kept = Keep(folder, isWhole: broken.Count == 0);
        RecordReport.Write(_console, kept.Folder, outcomes, request.IsJson);
        end.ThrowIfCancellationRequested();
        if (broken.Count > 0)
            throw new CommandFailureException($"Recording broke off: {string.Join("; ", broken.Select(Words))}.", ExitCodes.BrokenOff);
        return kept.Taken is not { } taken
            ? ExitCodes.Success
            : throw new CommandFailureException(
                $"{taken} was made by another meanwhile and stays: this session is {kept.Folder}.",
                ExitCodes.BrokenOff
            );
    }

    private KeptSession Keep(SessionFolder folder, bool isWhole)
    {
        try
        {
            var kept = folder.Keep(isWhole);
            if (kept.Left is { } left)
                _console.Error.WriteLine($"{OpenEntropyCommand.Name}: {left}");
            return kept;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailureException(
                $"The session cannot have its name, and is {folder.Current}: {exception.Message}",
                ExitCodes.BrokenOff
            );
        }
    }

    private static string Words(SourceOutcome outcome) =>
        $"{outcome.Source} after {outcome.Header?.Samples ?? 0:N0} samples: {outcome.BrokenOff!.TrimEnd('.')}";
}
