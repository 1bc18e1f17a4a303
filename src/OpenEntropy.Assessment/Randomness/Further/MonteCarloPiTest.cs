using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Further;

/// <summary>
/// Do points of the unit square fall into the quarter circle with probability π/4? Two 32-bit values a point: the share of those lattice points
/// within the circle differs from π/4 by less than 2^−31, nothing beside the deviation of the number of points inside, which is binomial;
/// two-sided. The estimate of π is four times the share, and has the deviation 1.64/√N.
/// </summary>
internal sealed class MonteCarloPiTest : RandomnessTest
{
    private const int PointBits = 64;

    public override string Name => "Monte Carlo pi";

    public override string Source => "Hammersley and Handscomb, Monte Carlo Methods, 5.2; the binomial distribution";

    public override PValueKind Kind => PValueKind.Discrete;

    public override int MinimumBits => 25 * PointBits;

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        var points = bits.Length / PointBits;
        var inside = 0;
        for (var i = 0; i < points; i++)
        {
            var point = SequenceValues.At(bits, (long)i * PointBits, PointBits);
            var (x, y) = (point >> 32, point & uint.MaxValue);
            // x² + y² < 2^64, the squared radius: the sum does not overflow.
            inside += unchecked((x * x) + (y * y)) >= x * x ? 1 : 0;
            if (i % SequenceValues.ValuesPerCheckpoint == 0)
                options.Checkpoint?.Invoke();
        }

        var (p, probability) = DiscreteDistribution.Binomial(points, Math.PI / 4).TwoSided(inside);
        return Applied(
            [new PValue("", p) { PointProbability = probability }],
            new Statistic("pi", 4.0 * inside / points) { Ideal = Math.PI },
            new Statistic("N", points)
        );
    }
}
