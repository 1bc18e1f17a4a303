using OpenEntropy.Health;

namespace OpenEntropy.Drills;

/// <summary>
/// Which samples of a drilled source are replaced by one value, and after how many samples the health tests must have noticed: derived from their
/// cutoffs, never typed in.
/// </summary>
/// <param name="LetThrough">Every so manieth sample is let through as it is; 0: none.</param>
/// <param name="Bound">Samples after which an intermittent failure is due at the latest.</param>
internal sealed record DrillPattern(int LetThrough, int Bound)
{
    /// <summary>Every sample is the same: the repetition count test fires with the C-th (SP 800-90B, 4.4.1).</summary>
    /// <param name="cutoffs">The source's cutoffs.</param>
    public static DrillPattern Stick(HealthCutoffs cutoffs) =>
        new(LetThrough: 0, Math.Min(cutoffs.RepetitionIntermittent, cutoffs.ProportionIntermittent));

    /// <summary>
    /// The weakest bias of the form "all but every n-th" that the adaptive proportion test (SP 800-90B, 4.4.2) must notice: a window that begins with
    /// the value holds it W − ⌈W / n⌉ times at least, which is to reach C. A window that begins with a sample let through has another reference; n is no
    /// divisor of W, so that the next one begins with the value: two windows are the bound.
    /// </summary>
    /// <param name="cutoffs">The source's cutoffs.</param>
    /// <returns>Null where no such n leaves runs too short for the repetition count test: the bias would be a stuck source.</returns>
    public static DrillPattern? Bias(HealthCutoffs cutoffs)
    {
        const int W = HealthCutoffs.Window;
        for (var n = 3; n <= W && n - 1 < cutoffs.RepetitionIntermittent; n++)
        {
            if (W % n != 0 && W - ((W + n - 1) / n) >= cutoffs.ProportionIntermittent)
                return new DrillPattern(n, 2 * W);
        }

        return null;
    }
}
