using OpenEntropy.Pqc.Falcon.Rings;

namespace OpenEntropy.Pqc.Falcon.Ntru;

/// <summary>
/// Algorithm 6, NTRUSolve: F and G with f G − g F = q, by descending to the integers through field norms and lifting the solution back up, reduced at
/// every level (Pornin and Prest, "More Efficient Algorithms for the NTRU Key Generation Using the Field Norm", 2019). Products are made modulo as
/// many primes as the lengths of the factors demand, so that no number can overflow. Of f and g the time taken tells those lengths, whether the norm
/// of g is even, and what <see cref="BabaiReduction"/> says of itself.
/// </summary>
internal static class NtruSolver
{
    /// <summary>Fills F and G; false when f and g have no solution with coefficients in [−127, 127], and another pair is to be drawn.</summary>
    public static bool TrySolve(ReadOnlySpan<sbyte> f, ReadOnlySpan<sbyte> g, Span<sbyte> bigF, Span<sbyte> bigG)
    {
        using var largeF = LimbPolynomial.FromSmall(f);
        using var largeG = LimbPolynomial.FromSmall(g);
        if (Solve(largeF, largeG) is not { } solution)
            return false;
        using var solutionF = solution.F;
        using var solutionG = solution.G;
        return TryNarrow(solutionF, bigF) & TryNarrow(solutionG, bigG);
    }

    private static (LimbPolynomial F, LimbPolynomial G)? Solve(LimbPolynomial f, LimbPolynomial g)
    {
        if (f.Degree == 1)
            return Bezout.Solve(f, g);

        // Lines 8 to 10: the norms f(x) f(−x) and g(x) g(−x), polynomials in x².
        using var normF = FieldNorm(f);
        using var normG = FieldNorm(g);
        if (Solve(normF, normG) is not { } inner)
            return null;
        using var innerF = inner.F;
        using var innerG = inner.G;

        // Lines 11 to 13: F(x) = F'(x²) g(−x), G(x) = G'(x²) f(−x), then reduced.
        var (bigF, bigG) = (Lift(innerF, g), Lift(innerG, f));
        if (BabaiReduction.Reduce(bigF, bigG, f, g))
        {
            bigF.Trim();
            bigG.Trim();
            return (bigF, bigG);
        }
        bigF.Dispose();
        bigG.Dispose();
        return null;
    }

    /// <summary>f(x) f(−x) as a polynomial in x²: its coefficients are sums of n products.</summary>
    private static LimbPolynomial FieldNorm(LimbPolynomial f)
    {
        var logDegree = int.Log2(f.Degree);
        var norm = new LimbPolynomial(f.Degree / 2, ResiduePrimes.Needed((2 * f.BitLength()) + logDegree));
        var residues = SecretArray.Of<uint>(f.Degree);
        for (var j = 0; j < norm.Words; j++)
        {
            var transform = TransformOf(j, logDegree);
            ResidueConversion.Reduce(f, transform.Field, residues);
            transform.Forward(residues);
            var row = norm.Row(j);
            for (var k = 0; k < row.Length; k++)
                row[k] = transform.Field.Multiply(transform.Field.ToMontgomery(residues[2 * k]), residues[(2 * k) + 1]);
            transform.Inverse(row);
        }
        SecretArray.Zero(residues);
        ResidueConversion.Rebuild(norm);
        norm.Trim();
        return norm;
    }

    /// <summary>inner(x²) outer(−x): its coefficients are sums of n/2 products.</summary>
    private static LimbPolynomial Lift(LimbPolynomial inner, LimbPolynomial outer)
    {
        var logDegree = int.Log2(outer.Degree);
        var product = new LimbPolynomial(outer.Degree, ResiduePrimes.Needed(inner.BitLength() + outer.BitLength() + logDegree));
        var innerResidues = SecretArray.Of<uint>(inner.Degree);
        var outerResidues = SecretArray.Of<uint>(outer.Degree);
        for (var j = 0; j < product.Words; j++)
        {
            var transform = TransformOf(j, logDegree);
            var field = transform.Field;
            ResidueConversion.Reduce(inner, field, innerResidues);
            transform.Forward(innerResidues);
            ResidueConversion.Reduce(outer, field, outerResidues);
            transform.Forward(outerResidues);
            var row = product.Row(j);
            for (var k = 0; k < innerResidues.Length; k++)
            {
                var factor = field.ToMontgomery(innerResidues[k]);
                row[2 * k] = field.Multiply(factor, outerResidues[(2 * k) + 1]);
                row[(2 * k) + 1] = field.Multiply(factor, outerResidues[2 * k]);
            }
            transform.Inverse(row);
        }
        SecretArray.Zero(innerResidues);
        SecretArray.Zero(outerResidues);
        ResidueConversion.Rebuild(product);
        return product;
    }

    private static NumberTheoreticTransform TransformOf(int prime, int logDegree)
    {
        ref readonly var chosen = ref ResiduePrimes.At(prime);
        return new NumberTheoreticTransform(chosen.Field, chosen.Root, logDegree);
    }

    private static bool TryNarrow(LimbPolynomial wide, Span<sbyte> narrow)
    {
        if (wide.BitLength() > 7)
            return false;
        var least = false;
        for (var i = 0; i < narrow.Length; i++)
        {
            narrow[i] = (sbyte)wide.Small(i);
            least |= narrow[i] == sbyte.MinValue;
        }
        return !least;
    }
}
