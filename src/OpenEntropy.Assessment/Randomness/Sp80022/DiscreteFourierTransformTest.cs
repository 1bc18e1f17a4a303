using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Sp80022;

/// <summary>
/// Periodic features: how many of the first n/2 moduli of the discrete Fourier transform of the sequence as ±1 lie below the threshold that 95 % of
/// them should lie below. The constant term counts as the first, and of an odd n the first (n−1)/2 are looked at, as NIST's program has it.
/// </summary>
/// <remarks>
/// Moduli are compared squared, |X|² &lt; n ln 20, strictly. No modulus can equal the threshold: an algebraic number is not n ln 20. One so near that
/// rounding decides (about 10⁻¹⁴ of it) has a chance of 10⁻⁸ in a million.
/// <para>
/// The modes differ in ln 20 only, which NIST's program has to nine digits. The p-values that the publication prints in its examples, 0.029523 and
/// 0.168669 (2.6.4 and 2.6.8), are those of a variance that it corrected since; by its formula they are 0.468160 and 0.646355.
/// </para>
/// </remarks>
internal sealed class DiscreteFourierTransformTest : RandomnessTest
{
    /// <summary>The probability that a modulus lies below the threshold.</summary>
    private const double Below = 0.95;

    /// <summary>ln(1/0.05) as it stands in NIST's program.</summary>
    private const double Sts212LogOf20 = 2.995732274;

    public override string Name => "Discrete Fourier transform";

    public override string Source => "SP 800-22 Rev. 1a, 2.6";

    public override int MinimumBits => 10;

    public override int MaximumBits => RealSpectrum.MaximumBits;

    public override int RecommendedBits(RandomnessOptions options) => 1000;

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        // Steps 1 to 3.
        var squaredModuli = RealSpectrum.SquaredModuli(bits, options.Checkpoint);

        // Step 4.
        var squaredThreshold = (options.Mode == Sp80022Mode.Sts212 ? Sts212LogOf20 : Math.Log(20)) * bits.Length;

        // Step 5.
        var expected = Below * bits.Length / 2;

        // Step 6.
        var observed = 0;
        foreach (var squared in squaredModuli)
            observed += squared < squaredThreshold ? 1 : 0;

        // Steps 7 and 8.
        var d = (observed - expected) / Math.Sqrt(bits.Length * Below * (1 - Below) / 4);
        return Applied(
            Distributions.ErrorFunctionComplement(Math.Abs(d) / Math.Sqrt(2)),
            new Statistic("T", Math.Sqrt(squaredThreshold)),
            new Statistic("N_1", observed),
            new Statistic("N_0", expected),
            new Statistic("d", d)
        );
    }
}
