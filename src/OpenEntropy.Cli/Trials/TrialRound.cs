using System.Diagnostics;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Trials;

/// <summary>Trials of several sources, one after the other, so that none disturbs another's measurements.</summary>
/// <param name="console">Where progress is shown.</param>
/// <param name="samples">Samples wanted of each.</param>
/// <param name="limit">The time that each has.</param>
internal sealed class TrialRound(CommandConsole console, int samples, TimeSpan limit)
{
    /// <summary>Tries each.</summary>
    /// <param name="choices">The sources.</param>
    /// <param name="end">Ends it.</param>
    /// <returns>What each gave; those whose speed the selection does not ask for are marked.</returns>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public IReadOnlyList<TrialResult> Run(IReadOnlyList<SourceChoice> choices, CancellationToken end)
    {
        var progress = new ProgressLine(console);
        var results = new List<TrialResult>();
        var start = Stopwatch.GetTimestamp();
        try
        {
            foreach (var choice in choices)
            {
                progress.Show(
                    $"{choice.Noise.Info.Name} ({results.Count + 1} of {choices.Count}){Left(start, results.Count, choices.Count)}"
                );
                results.Add(new LongTrial(choice).Run(samples, limit, end));
            }
        }
        finally
        {
            progress.Clear();
        }

        return results;
    }

    /// <summary>The time that is left where the rest takes as long as those before; nothing before there are any.</summary>
    internal static string Left(long start, int done, int all) =>
        done == 0 ? "" : $", about {Math.Ceiling(Stopwatch.GetElapsedTime(start).TotalSeconds / done * (all - done)):0} s left";
}
