using OpenEntropy.Assessment.Numerics;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Numerics;

/// <summary>The null distributions of the further tests, against tables and against plain sums.</summary>
public sealed class GoodnessDistributionTests
{
    [Fact]
    public void Kolmogorov_OfTenValues_IsMarsagliaTsangAndWangsExample() =>
        // Evaluating Kolmogorov's Distribution, Journal of Statistical Software 8 (18), 2003: K(10, 0.274) = 0.6284796154565.
        Assert.Equal(0.6284796, KolmogorovDistribution.Tails(0.274, 10).Lower, 3e-4);

    [Theory]
    [InlineData(20, 6e-4)]
    [InlineData(100, 2e-4)]
    [InlineData(150, 1.5e-4)]
    public void Kolmogorov_OfFewValues_IsNearTheExactDistribution(int count, double tolerance)
    {
        foreach (var scaled in new[] { 0.45, 0.6, 0.8, 0.95, 1.05, 1.36, 1.63, 2.0 })
        {
            var (upper, lower) = KolmogorovDistribution.Tails(scaled / Math.Sqrt(count), count);
            var exact = ExactKolmogorov(scaled / Math.Sqrt(count), count);
            Assert.Equal(exact, lower, tolerance);
            Assert.Equal(1 - exact, upper, tolerance);
        }
    }

    [Theory]
    [InlineData(1.358099, 0.05)]
    [InlineData(1.627624, 0.01)]
    [InlineData(1.949475, 0.001)]
    public void Kolmogorov_OfManyValues_HasTheTabulatedQuantiles(double scaled, double upper) =>
        Assert.Equal(upper, KolmogorovDistribution.Tails(scaled / Math.Sqrt(1e9), 1_000_000_000).Upper, 2e-4 * Math.Sqrt(upper));

    [Theory]
    [InlineData(1.933, 0.1, 5e-4)]
    [InlineData(2.492, 0.05, 2e-4)]
    [InlineData(3.878, 0.01, 5e-5)]
    public void AndersonDarling_OfTabulatedPoints_HasTheirTails(double z, double upper, double tolerance) =>
        Assert.Equal(upper, AndersonDarlingDistribution.UpperTail(z), tolerance);

    [Fact]
    public void AndersonDarling_Mean_IsOne()
    {
        // E A² = ∫ P(A² ≥ z) dz = Σ 1/(j (j+1)) = 1.
        const double Step = 0.001;
        var sum = 0.5 + Enumerable.Range(1, 40_000).Sum(i => AndersonDarlingDistribution.UpperTail(i * Step));

        Assert.Equal(1, sum * Step, 1e-5);
    }

    [Fact]
    public void AndersonDarling_WhereTheExpansionTakesOver_GoesOn()
    {
        var below = 1 - AndersonDarlingDistribution.Cdf(7.999999999);

        Assert.InRange(AndersonDarlingDistribution.UpperTail(8) / below, 0.99, 1.01);
    }

    [Theory]
    [InlineData(20, 0.5)]
    [InlineData(20, 0.1)]
    [InlineData(1, 0.7)]
    public void Binomial_TwoSided_IsTheSumOfAllNoLikelierTails(int trials, double probability)
    {
        var masses = Enumerable
            .Range(0, trials + 1)
            .Select(k => Choose(trials, k) * Math.Pow(probability, k) * Math.Pow(1 - probability, trials - k))
            .ToArray();
        var tails = masses.Select((_, k) => Math.Min(masses.Take(k + 1).Sum(), masses.Skip(k).Sum())).ToArray();
        var distribution = DiscreteDistribution.Binomial(trials, probability);
        for (var k = 0; k <= trials; k++)
        {
            var (p, point) = distribution.TwoSided(k);
            Assert.Equal(masses.Where((_, other) => tails[other] <= tails[k] + 1e-15).Sum(), p, 1e-12);
            Assert.Equal(masses[k], point, 1e-12);
            Assert.Equal(masses.Skip(k).Sum(), distribution.UpperTail(k), 1e-12);
        }
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(78)]
    public void Poisson_UpperTail_IsThatOfTheGammaDistribution(double mean)
    {
        var distribution = DiscreteDistribution.Poisson(mean);
        for (var k = 1; k < 3 * mean + 20; k++)
            Assert.Equal(1 - Distributions.UpperIncompleteGammaRatio(k, mean), distribution.UpperTail(k), 1e-12);
        Assert.Equal((0, 0), distribution.TwoSided(10_000));
    }

    [Theory]
    [InlineData(256, 256)]
    [InlineData(1280, 256)]
    [InlineData(2500, 256)]
    [InlineData(300, 30)]
    public void MultinomialMaximum_OfAnyCount_IsNearTheExactProbability(int values, int cells)
    {
        for (var count = 1 + (values / cells); count < (values / cells) + 60; count++)
        {
            var exact = 1 - ExactAtMost(count - 1, values, cells);
            var p = MultinomialMaximum.UpperTail(count, values, cells);
            Assert.Equal(exact, p, 1e-3);
            // Below, 1 − exact has lost the digits.
            if (exact is > 1e-7 and < 0.05)
                Assert.InRange(p / exact, 0.99, 1.01);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(36)]
    [InlineData(64)]
    public void RadixSort_OfAnyWidth_Sorts(int bits)
    {
        var random = new SplitMix(3);
        var values = Enumerable.Range(0, 1000).Select(_ => random.Next() >> (64 - bits)).ToArray();

        Assert.Equal(values.Order(), RadixSort.Sort([.. values], bits, null));
    }

    /// <summary>N! Σ over all ways that no cell exceeds the limit, of Π 1/c!, by repeated convolution of Poisson probabilities.</summary>
    private static double ExactAtMost(int limit, int values, int cells)
    {
        var mean = (double)values / cells;
        var one = Enumerable
            .Range(0, values + 1)
            .Select(k => k > limit ? 0 : Math.Exp((k * Math.Log(mean)) - mean - LogFactorial(k)))
            .ToArray();
        var product = new double[values + 1];
        product[0] = 1;
        for (var rest = cells; rest > 0; rest >>= 1)
        {
            if (rest % 2 == 1)
                product = Convolve(product, one);
            one = Convolve(one, one);
        }

        return product[values] / Math.Exp((values * Math.Log(values)) - values - LogFactorial(values));
    }

    private static double[] Convolve(double[] a, double[] b)
    {
        var result = new double[a.Length];
        for (var i = 0; i < a.Length; i++)
        {
            if (a[i] < 1e-200)
                continue;
            for (var j = 0; i + j < result.Length; j++)
                result[i + j] += a[i] * b[j];
        }

        return result;
    }

    /// <summary>
    /// P(D &lt; d) by the recursion of J. Durbin (Distribution Theory for Tests Based on the Sample Distribution Function, 1973, 2.4): N Poisson
    /// points keep within the band i − Nd … i + Nd at every crossing of its edges with the integers.
    /// </summary>
    private static double ExactKolmogorov(double distance, int count)
    {
        var band = count * distance;
        var times = Enumerable
            .Range(0, count + 1)
            .SelectMany(i => new[] { i - band, i + band })
            .Where(time => time > 0 && time < count)
            .Append(count)
            .Order()
            .ToList();
        var states = new double[count + 1];
        states[0] = 1;
        var now = 0.0;
        foreach (var time in times)
        {
            var next = new double[count + 1];
            for (var i = 0; i <= count; i++)
            {
                if (states[i] > 0)
                {
                    for (var (j, p) = (i, states[i] * Math.Exp(now - time)); j <= count; j++, p *= (time - now) / (j - i))
                        next[j] += p;
                }
            }

            // The number of points at time t is within t − Nd … t + Nd; just before an edge is crossed, both are.
            for (var i = 0; i <= count; i++)
                states[i] = Math.Abs(i - time) < band - 1e-9 ? next[i] : 0;
            now = time;
        }

        return states[count] / Math.Exp((count * Math.Log(count)) - count - LogFactorial(count));
    }

    private static double Choose(int n, int k) => Math.Exp(LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k));

    private static double LogFactorial(int n) => Enumerable.Range(1, n).Sum(i => Math.Log(i));
}
