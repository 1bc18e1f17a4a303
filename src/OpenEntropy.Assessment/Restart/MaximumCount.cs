using System.Numerics;

namespace OpenEntropy.Assessment.Restart;

/// <summary>How often the most common symbol occurs among n samples of a worst-case source: the greatest of multinomial counts, exactly.</summary>
/// <remarks>
/// Counts of a multinomial are independent Poisson counts of means n p_i under the condition that they sum to n. So P(max ≤ x) is the coefficient of
/// n in the product of the Poisson distributions cut off behind x, over the same coefficient without the cut. The product of equal factors is formed
/// by squaring. All terms are positive, so that nothing cancels: the error is some 1e-12, and the tail that matters is 5e-6.
/// </remarks>
internal sealed class MaximumCount
{
    private readonly double[] _likeliest;
    private readonly double[] _remainder;
    private readonly double _uncut;
    private readonly int _symbols;
    private readonly int _samples;

    /// <summary>Prepares the distributions of single symbols.</summary>
    /// <param name="source">Where the samples come from.</param>
    /// <param name="samples">n.</param>
    public MaximumCount(WorstCaseSource source, int samples)
    {
        (_symbols, _samples) = (source.LikeliestSymbols, samples);
        _likeliest = Poisson(samples * source.Probability);
        _remainder = Poisson(samples * source.Remainder);
        _uncut = Coefficient(samples);
    }

    /// <summary>P(max ≤ most).</summary>
    public double AtMost(int most) => most >= _samples ? 1 : Math.Min(1, Coefficient(most) / _uncut);

    /// <summary>The coefficient of n in the product of the distributions cut off behind a count.</summary>
    private double Coefficient(int most)
    {
        var product = Cut(_remainder, most);
        var square = Cut(_likeliest, most);
        for (var left = _symbols; left > 1; left >>= 1)
        {
            if ((left & 1) == 1)
                product = Convolve(product, square);
            square = Convolve(square, square);
        }

        // Of the last product only the coefficient of n is wanted.
        var sum = 0.0;
        for (var i = Math.Max(0, _samples - square.Length + 1); i < product.Length; i++)
            sum += product[i] * square[_samples - i];
        return sum;
    }

    /// <summary>The product of two polynomials up to the power n.</summary>
    private double[] Convolve(double[] a, double[] b)
    {
        var product = new double[Math.Min(a.Length + b.Length - 1, _samples + 1)];
        for (var i = 0; i < a.Length; i++)
        {
            var target = product.AsSpan(i, Math.Min(b.Length, product.Length - i));
            var j = 0;
            for (; j + Vector<double>.Count <= target.Length; j += Vector<double>.Count)
                (new Vector<double>(target[j..]) + (new Vector<double>(b, j) * a[i])).CopyTo(target[j..]);
            for (; j < target.Length; j++)
                target[j] += b[j] * a[i];
        }

        return product;
    }

    private static double[] Cut(double[] distribution, int most) => distribution[..Math.Min(most + 1, distribution.Length)];

    /// <summary>λ^j e^−λ / j! for j = 0 … n; where that is below 1e-300 it may be nought.</summary>
    private double[] Poisson(double mean)
    {
        if (mean <= 0)
            return [1];
        var probabilities = new double[_samples + 1];
        var logFactorial = 0.0;
        for (var j = 0; j < probabilities.Length; j++)
        {
            logFactorial += j > 1 ? Math.Log(j) : 0;
            var probability = Math.Exp((j * Math.Log(mean)) - mean - logFactorial);
            // Subnormal numbers are slow, and nothing beside the rest.
            probabilities[j] = probability > 1e-300 ? probability : 0;
        }

        return probabilities;
    }
}
