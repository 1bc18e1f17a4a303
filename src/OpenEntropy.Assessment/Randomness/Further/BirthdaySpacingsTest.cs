using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Further;

/// <summary>
/// Marsaglia's birthday spacings: of m birthdays in a year of k = 2^d days, how many of the m spacings around the year equal another one? The
/// number Y of spacings less the number of different ones is Poisson with mean λ = m(m−1)²/(4k) − m⁵/(18k²), two-sided.
/// </summary>
/// <remarks>
/// G. Marsaglia, A Current View of Random Number Generators (1985). λ: two of the m spacings, whose joint density is (m−1)(m−2)(1 − s − t)^(m−3),
/// are equal with probability (m−1)/(2k), and there are m(m−1)/2 pairs; three equal ones, m³/6 triples with probability m²/(3k²) each, are three
/// equal pairs but lack two different spacings only. The Poisson distribution is good enough where m³ ≤ k^(5/4) (P. L'Ecuyer, R. Simard, On the
/// Performance of Birthday Spacings Tests, Mathematics and Computers in Simulation 55 (2001), section 2), which decides d: the shortest that
/// n bits satisfy it with.
/// </remarks>
internal sealed class BirthdaySpacingsTest : RandomnessTest
{
    /// <summary>The most birthdays taken, of the first bits: 64 MB.</summary>
    private const int MostBirthdays = 1 << 22;

    public override string Name => "Birthday spacings";

    public override string Source => "Marsaglia 1985; L'Ecuyer and Simard, Mathematics and Computers in Simulation 55 (2001)";

    public override PValueKind Kind => PValueKind.Discrete;

    public override int MinimumBits => 2000;

    public override int RecommendedBits(RandomnessOptions options) => 100_000;

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        var (birthdays, width) = Parameters(bits.Length);
        var days = RadixSort.Sort(SequenceValues.Integers(bits, birthdays, width, options.Checkpoint), width, options.Checkpoint);
        var equal = EqualSpacings(days, width, options.Checkpoint);
        double m = birthdays;
        var k = Math.Pow(2, width);
        var mean = (m * (m - 1) * (m - 1) / (4 * k)) - (Math.Pow(m, 5) / (18 * k * k));
        var (p, point) = DiscreteDistribution.Poisson(mean).TwoSided(equal);
        return Applied(
            [new PValue("", p) { PointProbability = point }],
            new Statistic("equal spacings", equal) { Ideal = mean },
            new Statistic("m", m),
            new Statistic("d", width) { Unit = "bits" }
        );
    }

    /// <summary>m and d for n bits.</summary>
    internal static (int Birthdays, int Width) Parameters(int bits)
    {
        var width = 1;
        while (Math.Pow(Birthdays(width), 3) > Math.Pow(2, 1.25 * width))
            width++;
        return (Birthdays(width), width);

        int Birthdays(int each) => Math.Min(bits / each, MostBirthdays);
    }

    /// <summary>How many spacings around the year equal one before them in ascending order.</summary>
    private static int EqualSpacings(ulong[] days, int width, Checkpoint? checkpoint)
    {
        var first = days[0];
        for (var i = 0; i + 1 < days.Length; i++)
            days[i] = days[i + 1] - days[i];
        // Around the year, modulo 2^d: all birthdays on one day are as many spacings of 0.
        days[^1] = (first - days[^1]) & (ulong.MaxValue >> (64 - width));
        var spacings = RadixSort.Sort(days, width, checkpoint);
        var equal = 0;
        for (var i = 1; i < spacings.Length; i++)
        {
            equal += spacings[i] == spacings[i - 1] ? 1 : 0;
            if (i % SequenceValues.ValuesPerCheckpoint == 0)
                checkpoint?.Invoke();
        }

        return equal;
    }
}
