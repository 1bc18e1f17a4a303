using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Further;

/// <summary>
/// Is the power spectrum flat, by the ratio of its geometric to its arithmetic mean? The bits are taken as ±1, X_k is their discrete Fourier
/// transform and I_k = |X_k|²/n their power; by Parseval's theorem the arithmetic mean of all I_k is 1 for every sequence, so that the ratio is
/// the geometric mean of I_1 … I_m, m = ⌊n/2⌋ − 1, alone, and constant bits, with all their power at k = 0, have a flatness of almost 0. Two-sided:
/// shift registers of maximal length have a spectrum that is too flat.
/// </summary>
/// <remarks>
/// For independent, unbiased bits the I_k are exponential of mean 1 in the limit, with a covariance of −2/n between any two (the fourth cumulant of
/// ±1 is −2; P. J. Brockwell, R. A. Davis, Time Series: Theory and Methods, 10.3). −ln I has the cumulants γ, π²/6 and 2ζ(3), and that
/// covariance, which is that of fixing their sum, takes from their sum's what ln of a sum of m exponentials would have (it is independent of the
/// ratios, M. S. Bartlett 1937): their mean T = −ln(flatness) has the mean γ, the variance (π²/6 − 1)/m and the third cumulant (2ζ(3) − 1)/m².
/// T is taken as a gamma variate of these three moments. |X_k|² below 1, which a lattice of sums makes exactly 0 once in a million sequences, is
/// taken as 1.
/// </remarks>
internal sealed class SpectralFlatnessTest : RandomnessTest
{
    private const double EulerGamma = 0.57721566490153286;
    private const double TwiceZetaOf3 = 2 * 1.2020569031595943;
    private const int LogarithmsPerCheckpoint = 1 << 16;

    public override string Name => "Spectral flatness";

    public override string Source => "Bartlett, Proceedings of the Royal Society A 160 (1937); Brockwell and Davis, Time Series, 10.3";

    public override int MinimumBits => 1000;

    public override int MaximumBits => RealSpectrum.MaximumBits;

    public override int RecommendedBits(RandomnessOptions options) => 10_000;

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        var moduli = RealSpectrum.SquaredModuli(bits, options.Checkpoint);
        var m = moduli.Length - 1;
        var sum = 0.0;
        for (var k = 1; k <= m; k++)
        {
            sum += Math.Log(Math.Max(1, moduli[k]) / bits.Length);
            if (k % LogarithmsPerCheckpoint == 0)
                options.Checkpoint?.Invoke();
        }

        var deviation = Math.Sqrt(((Math.PI * Math.PI / 6) - 1) / m);
        var z = (-(sum / m) - EulerGamma) / deviation;
        var skewness = (TwiceZetaOf3 - 1) / ((double)m * m) / Math.Pow(deviation, 3);
        // A gamma variate of shape a has the skewness 2/√a, the mean a and the deviation √a.
        var shape = 4 / (skewness * skewness);
        var upper = Distributions.UpperIncompleteGammaRatio(shape, shape + (z * Math.Sqrt(shape)));
        return Applied(
            2 * Math.Min(upper, 1 - upper),
            new Statistic("flatness", Math.Exp(sum / m)) { Ideal = Math.Exp(-EulerGamma) },
            new Statistic("z", z) { Ideal = 0 }
        );
    }
}
