using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Recording;
using OpenEntropy.Cli.Running;
using OpenEntropy.Noise;

namespace OpenEntropy.Cli.Analyze;

/// <summary>Raw samples of a source of this machine, taken for a report and kept in memory alone.</summary>
internal static class SourceInput
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>Takes them.</summary>
    /// <param name="request">Which and how many.</param>
    /// <param name="console">The engine, the clock and the terminal.</param>
    /// <param name="end">Ends it.</param>
    /// <exception cref="CommandFailureException">The source gives too few.</exception>
    public static async Task<Assessment.Recordings.Recording> TakeAsync(
        AnalyzeRequest request,
        CommandConsole console,
        CancellationToken end
    )
    {
        var name = request.Source!;
        await using var pool = RecordingPool.Create(console, name);
        var status = pool.FindSource(name);
        if (status?.Info.Private == true)
            throw new CommandFailureException($"{name} is not assessed: {NoiseSourceInfo.WhyPrivate}.");
        if (status is not { Expected: true })
            throw new CommandFailureException($"{name} is not on this machine: {status?.Reason}.", ExitCodes.Unavailable);
        _ = pool.RunAsync(CancellationToken.None); // how it ends is in what the pool refuses
        var progress = new ProgressLine(console);
        var samples = GC.AllocateUninitializedArray<byte>(request.Samples);
        var source = new SourceSamples(pool, name, s_patience, console.Time);
        try
        {
            progress.Show($"{name} begins");
            for (var count = 0; count < samples.Length; )
            {
                var piece = await source.NextAsync(samples.Length - count, end);
                piece.CopyTo(samples.AsMemory(count));
                count += piece.Length;
                progress.Show(Text(count, samples.Length, console.Time.GetUtcNow() - source.First!.Value));
            }
        }
        finally
        {
            progress.Clear();
        }

        return RecordingFile.InMemory(SourceHeader.Of(status.Info, source.First!.Value, console.Time.GetUtcNow()), samples);
    }

    private static string Text(int count, int all, TimeSpan elapsed) =>
        $"{count:N0} of {all:N0} samples, about {Math.Ceiling(elapsed.TotalSeconds * (all - count) / count):N0} s left";
}
