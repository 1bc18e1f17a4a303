namespace OpenEntropy.Assessment.Suffixes;

/// <summary>
/// The greatest of many (a / b)^(1 / i). Millions are offered, so they are compared by their logarithms; those that a rounding error could have put
/// below the greatest are kept, for whoever needs the last digit.
/// </summary>
internal sealed class RootMaximum
{
    // Some ten times what the logarithms can be off by.
    private const double Slack = 1e-14;

    private readonly List<(double Logarithm, long Numerator, long Denominator, int Root)> _greatest = [];
    private double _logarithm = double.NegativeInfinity;

    /// <summary>True where nothing was offered.</summary>
    public bool IsEmpty => _greatest.Count == 0;

    /// <summary>Those that may be the greatest.</summary>
    public IEnumerable<(long Numerator, long Denominator, int Root)> Greatest =>
        _greatest.Select(candidate => (candidate.Numerator, candidate.Denominator, candidate.Root));

    /// <summary>Offers one: 0 &lt; numerator ≤ denominator, root ≥ 1.</summary>
    public void Add(long numerator, long denominator, int root)
    {
        var logarithm = Logarithm(numerator, denominator) / root;
        if (logarithm < _logarithm * (1 + Slack))
            return;
        if (logarithm > _logarithm)
        {
            _logarithm = logarithm;
            for (var k = _greatest.Count - 1; k >= 0; k--)
            {
                if (_greatest[k].Logarithm < _logarithm * (1 + Slack))
                    _greatest.RemoveAt(k);
            }
        }

        if (!_greatest.Contains((logarithm, numerator, denominator, root)))
            _greatest.Add((logarithm, numerator, denominator, root));
    }

    /// <summary>ln(numerator / denominator), to nearly all digits also where that is close to 0.</summary>
    private static double Logarithm(long numerator, long denominator)
    {
        if (numerator < denominator / 2)
            return Math.Log((double)numerator / denominator);
        // ln(1 + x): the error of rounding 1 + x is made good by the quotient.
        var x = (double)(numerator - denominator) / denominator;
        var rounded = 1 + x;
        return rounded == 1 ? x : Math.Log(rounded) * x / (rounded - 1);
    }
}
