using System.Diagnostics;
using OpenEntropy.Health;

namespace OpenEntropy.Cli.Trials;

/// <summary>Collects raw samples of one source, which has the machine for itself. Every sample passes its health tests, and none is conditioned.</summary>
/// <param name="choice">The source.</param>
internal sealed class LongTrial(SourceChoice choice)
{
    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(10);

    /// <summary>How long it may take whether this machine has it.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(2);

    /// <summary>So much collecting shows whether a source is fast.</summary>
    private static readonly TimeSpan s_speedShows = TimeSpan.FromSeconds(0.1);

    /// <summary>A source that broke so often is left alone.</summary>
    private const int Breaks = 3;

    /// <summary>Collects until there are enough, the time is over, or no more will come.</summary>
    /// <param name="count">Samples wanted.</param>
    /// <param name="limit">The time.</param>
    /// <param name="end">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public TrialResult Run(int count, TimeSpan limit, CancellationToken end)
    {
        var info = choice.Noise.Info;
        if (info.Private)
            return new TrialResult(info, Status: null, [], "private: its samples may tell of people, and are not looked at");
        Counters.Measure();
        // Not disposed: a source that hangs may yet set it.
        var wake = new AutoResetEvent(initialState: false);
        using var source = choice.Open();
        source.Finished = () => wake.Set();
        source.AwaitLook(s_look);

        var samples = new byte[count];
        var taken = 0;
        var start = Stopwatch.GetTimestamp();
        while (taken < count && Stopwatch.GetElapsedTime(start) < limit && MayGoOn(source))
        {
            end.ThrowIfCancellationRequested();
            if (!source.CanTakeTurn(forRaw: true))
            {
                wake.WaitOne(TimeSpan.FromMilliseconds(5));
                continue;
            }

            var raw = source.Take(s_turn, count - taken).Raw;
            raw = raw[..Math.Min(raw.Length, count - taken)];
            raw.CopyTo(samples.AsSpan(taken));
            taken += raw.Length;
        }

        var status = source.Status();
        return new TrialResult(info, status, samples[..taken], taken == count ? null : WhyFewer(status, taken, count, limit))
        {
            IsDeselected = IsOfAnotherSpeed(status),
        };
    }

    private bool MayGoOn(EntropySource source)
    {
        if (source.State == SourceState.Unavailable)
            return false;
        var status = source.Status();
        return status.Failures[HealthTestNames.TotalFailure] < Breaks
            && !(status.CollectionSeconds >= s_speedShows.TotalSeconds && IsOfAnotherSpeed(status));
    }

    private bool IsOfAnotherSpeed(EntropySourceStatus status) =>
        choice.OnlyIf != SourceSpeed.Unknown
        && TrialFigures.Speed(status) is var speed
        && speed != SourceSpeed.Unknown
        && speed != choice.OnlyIf;

    private static string WhyFewer(EntropySourceStatus status, int taken, int count, TimeSpan limit)
    {
        if (status.State == SourceState.Unavailable)
            return $"unavailable: {status.Reason}";
        if (status.Failures[HealthTestNames.TotalFailure] > 0 && status.LastFailure is { } failure)
            return failure.Reason;
        return $"{taken:N0} of {count:N0} samples came in {limit.TotalSeconds:0.###} s";
    }
}
