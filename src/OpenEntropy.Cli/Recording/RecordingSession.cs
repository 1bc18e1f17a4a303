using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Running;
using OpenEntropy.Health;
using OpenEntropy.Noise;

namespace OpenEntropy.Cli.Recording;

/// <summary>Records several sources at the same time.</summary>
/// <param name="console">The clock, the engine and the terminal.</param>
/// <param name="request">What is wanted.</param>
internal sealed class RecordingSession(CommandConsole console, RecordRequest request)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a source may give nothing.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Records.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="end">Asks to stop: what was recorded by then is complete, and says so.</param>
    /// <exception cref="CommandFailureException">There is no source to record, or no file can be made.</exception>
    public async Task<IReadOnlyList<SourceOutcome>> RunAsync(string folder, CancellationToken end)
    {
        await using var pool = RecordingPool.Create(console, string.Join(',', request.Sources));
        var sources = Sources(pool);
        _ = pool.RunAsync(CancellationToken.None); // how it ends is in what the pool refuses
        SourceRecorder[] recorders =
        [
            .. sources.Select(source => new SourceRecorder(
                source,
                new SourceSamples(pool, source.Name, Patience, console.Time),
                request.Samples,
                console.Time
            )),
        ];
        var writers = new List<RecordingWriter>();
        try
        {
            foreach (var source in sources)
                writers.Add(new RecordingWriter(Path.Combine(folder, source.Name)));
            using var over = request.Duration is { } duration
                ? new CancellationTokenSource(duration, console.Time)
                : new CancellationTokenSource();
            var runs = Task.WhenAll(recorders.Select((recorder, i) => recorder.RunAsync(writers[i], over.Token, end)));
            await ShowAsync(recorders, runs);
            return await runs;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailureException(exception.Message);
        }
        finally
        {
            foreach (var writer in writers)
                writer.Dispose();
        }
    }

    /// <summary>Those that this machine has; who names one alone is told where it has not.</summary>
    private List<NoiseSourceInfo> Sources(EntropyPool pool)
    {
        var all = pool.Status.Sources;
        foreach (var named in all.Where(source => request.Sources.Contains(source.Info.Name, StringComparer.OrdinalIgnoreCase)))
        {
            if (named.Info.Private)
                throw new CommandFailureException($"{named.Info.Name} is not recorded: {NoiseSourceInfo.WhyPrivate}.");
            if (named.State == SourceState.Unavailable)
                throw new CommandFailureException($"{named.Info.Name} is not on this machine: {named.Reason}.", ExitCodes.Unavailable);
        }

        var there = all.Where(source => source.Expected && !source.Info.Private).Select(source => source.Info).ToList();
        return there.Count > 0
            ? there
            : throw new CommandFailureException("None of these sources is on this machine and may be recorded.", ExitCodes.Unavailable);
    }

    private async Task ShowAsync(SourceRecorder[] recorders, Task runs)
    {
        if (!console.ShowsProgress)
            return;
        var line = new ProgressLine(console);
        var start = console.Time.GetTimestamp();
        while (await Task.WhenAny(runs, Task.Delay(s_look, console.Time)) != runs)
            line.Show(Text(recorders, console.Time.GetElapsedTime(start)));
        line.Clear();
    }

    private string Text(SourceRecorder[] recorders, TimeSpan elapsed)
    {
        var slowest = recorders.MinBy(recorder => (double)recorder.Count / recorder.Wanted)!;
        var share = (double)slowest.Count / slowest.Wanted;
        var left = share > 0 ? elapsed * ((1 - share) / share) : (TimeSpan?)null;
        if (request.Duration - elapsed is { } until && (left is null || until < left))
            left = until;
        var rest = left is { } time ? $", about {Math.Max(0, Math.Ceiling(time.TotalSeconds)):N0} s left" : "";
        return $"{recorders.Sum(recorder => (long)recorder.Count):N0} samples of {recorders.Length} sources, {share:P0}{rest}";
    }
}
