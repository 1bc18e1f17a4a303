using System.Globalization;
using OpenEntropy.Drills;
using OpenEntropy.Health;

namespace OpenEntropy.Server.Drills;

/// <summary>When a drill must show, or be over, by theory: computed from the engine's own figures.</summary>
/// <param name="Samples">Samples of the source by which it is due; null where none are counted.</param>
/// <param name="Seconds">
/// The same on the clock, for a machine that is not overloaded: at the rate at which the source gives samples and with the share of a core that its turns have.
/// </param>
/// <param name="Basis">How it comes about, in one sentence.</param>
internal sealed record DrillBound(int? Samples, double Seconds, string Basis)
{
    // The harvest rests at most half a second, and what was begun is fetched at its next look.
    private const double Look = 0.5;
    private const double Turn = 0.001;
    private const double TrialTurn = 0.004;
    private const double WakeUp = 0.0004;
    private const double Pause = 1;
    private const int OpeningDeadlines = 5;

    /// <summary>When a drill must show.</summary>
    /// <param name="kind">The drill.</param>
    /// <param name="source">The source; null where it is of none.</param>
    /// <param name="pattern">What is done to its samples; null where nothing is.</param>
    public static DrillBound OfShowing(DrillKind kind, EntropySourceStatus? source, DrillPattern? pattern) =>
        kind switch
        {
            DrillKind.Stick => new(
                pattern!.Bound,
                (2 * Look) + Collecting(source!, pattern.Bound, Turn),
                Say(
                    $"the repetition count test fails with sample C = {pattern.Bound} of a constant source (SP 800-90B, 4.4.1); it gives {Rate(source!):0} samples/s"
                )
            ),
            DrillKind.Bias => new(
                pattern!.Bound,
                (2 * Look) + Collecting(source!, pattern.Bound, Turn),
                Say(
                    $"the adaptive proportion test counts C = {source!.Cutoffs!.ProportionIntermittent} within W = {HealthCutoffs.Window} samples where all but every {pattern.LetThrough}. are equal (SP 800-90B, 4.4.2), in the second window at the latest; it gives {Rate(source):0} samples/s"
                )
            ),
            DrillKind.Hang => new(
                null,
                (2 * Look) + source!.Info.Deadline.TotalSeconds,
                Say(
                    $"a collection that gives nothing for the source's deadline of {source.Info.Deadline.TotalSeconds:0.###} s is a total failure"
                )
            ),
            DrillKind.Vanish => new(0, 2 * Look, "the first collection from a device that is gone is a total failure"),
            _ => new(null, 2 * Look, "the next answer shows it"),
        };

    /// <summary>When all must be as before, counted from its end.</summary>
    /// <param name="kind">The drill.</param>
    /// <param name="source">The source; null where it is of none.</param>
    public static DrillBound OfClearing(DrillKind kind, EntropySourceStatus? source) =>
        source is null
            ? new(null, 2 * Look, kind == DrillKind.KnownAnswer ? "the self-tests are run again at its end" : "the next request reseeds")
            : new(
                ContinuousTests.StartupSamples,
                (2 * Look)
                    + Pause
                    + (OpeningDeadlines * source.Info.Deadline.TotalSeconds)
                    + Collecting(source, ContinuousTests.StartupSamples, TrialTurn),
                Say($"the device is opened anew and {ContinuousTests.StartupSamples} samples pass its start-up test (SP 800-90B, 4.3)")
            );

    private static double Rate(EntropySourceStatus source) => Math.Max(source.SamplesPerSecond, 1);

    /// <summary>How long so many samples take with the turns of a drill, seconds.</summary>
    private static double Collecting(EntropySourceStatus source, int samples, double turn)
    {
        var perTurn = Math.Max(1, Rate(source) * turn);
        return Math.Ceiling(samples / perTurn) * ((perTurn / Rate(source)) + WakeUp) / EntropyPool.DrillShare;
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
