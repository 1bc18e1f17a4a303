namespace OpenEntropy.Pqc.Falcon.Ntru;

/// <summary>
/// The deepest equation of NTRUSolve (Algorithm 6, lines 2 to 6): integers F and G with f G − g F = q. 1/f modulo g is found by the binary algorithm
/// in rounds of 31 steps on 64-bit approximations (Pornin, "Optimized Binary GCD for Modular Inversion", 2020). The steps are without branches; the
/// number of rounds and of limbs in a round follows the numbers' lengths.
/// </summary>
internal static class Bezout
{
    private const int LimbBits = LimbPolynomial.LimbBits;
    private const uint Mask = LimbPolynomial.Mask;

    /// <summary>
    /// F and G, or null when f and g have a common divisor; both are positive, as norms are, and one at least is odd if there is a solution.
    /// </summary>
    public static (LimbPolynomial F, LimbPolynomial G)? Solve(LimbPolynomial f, LimbPolynomial g)
    {
        // What solves the exchanged equation g G' − f F' = q is −G and −F.
        if ((g.Limbs[0] & 1) != 0)
            return SolveOdd(f.Limbs, g.Limbs, FalconParameters.Modulus);
        return SolveOdd(g.Limbs, f.Limbs, -FalconParameters.Modulus) is { } exchanged ? (exchanged.G, exchanged.F) : null;
    }

    /// <summary>F and G with x G − y F = q for the given ±q and an odd y; null also when y is even.</summary>
    private static (LimbPolynomial F, LimbPolynomial G)? SolveOdd(ReadOnlySpan<uint> x, ReadOnlySpan<uint> y, int modulus)
    {
        var inverse = SecretArray.Of<uint>(y.Length);
        if ((y[0] & 1) == 0 || !TryInvert(x, y, inverse))
            return null;
        var quotient = SecretArray.Of<uint>(x.Length);
        DivideProduct(x, inverse, y, quotient);
        var solution = (Times(modulus, quotient), Times(modulus, inverse));
        SecretArray.Zero(inverse);
        SecretArray.Zero(quotient);
        return solution;
    }

    /// <summary>1/x modulo an odd y; false when there is none, or none but 0, as modulo 1.</summary>
    private static bool TryInvert(ReadOnlySpan<uint> x, ReadOnlySpan<uint> y, Span<uint> inverse)
    {
        var words = Math.Max(x.Length, y.Length) + 1;
        var (a, b) = (SecretArray.Of<uint>(words), SecretArray.Of<uint>(words));
        x.CopyTo(a);
        y.CopyTo(b);
        var u = SecretArray.Of<uint>(y.Length); // a = x u and b = x v modulo y
        u[0] = 1;
        var v = inverse;
        var last = words - 1;
        var rounds = 2 * words;
        for (; rounds > 0 && a.AsSpan().ContainsAnyExcept(0u); rounds--)
        {
            while (last > 1 && (a[last] | b[last]) == 0)
                last--;
            var step = BinaryStep.Compute(a, b, last);
            step = step.Apply(a.AsSpan(0, last + 1), b.AsSpan(0, last + 1));
            step.ApplyModulo(u, v, y);
        }
        var found = rounds > 0 && b[0] == 1 && !b.AsSpan(1).ContainsAnyExcept(0u) && v.ContainsAnyExcept(0u);
        SecretArray.Zero(a);
        SecretArray.Zero(b);
        SecretArray.Zero(u);
        return found;
    }

    /// <summary>quotient = (x inverse − 1) / y, which is exact and below x: so its lowest limbs decide it.</summary>
    private static void DivideProduct(ReadOnlySpan<uint> x, ReadOnlySpan<uint> inverse, ReadOnlySpan<uint> y, Span<uint> quotient)
    {
        var rest = SecretArray.Of<uint>(quotient.Length);
        for (var j = 0; j < Math.Min(inverse.Length, rest.Length); j++)
            AddMultiple(rest.AsSpan(j), x, inverse[j]);
        AddMultiple(rest, [1], -1);
        var inverseOfY = BinaryStep.InverseOfLimb(y[0]);
        for (var j = 0; j < rest.Length; j++)
        {
            quotient[j] = (rest[j] * inverseOfY) & Mask;
            AddMultiple(rest.AsSpan(j), y, -(long)quotient[j]);
        }
        SecretArray.Zero(rest);
    }

    /// <summary>target += factor number, modulo the power of two that target can hold.</summary>
    private static void AddMultiple(Span<uint> target, ReadOnlySpan<uint> number, long factor)
    {
        long carry = 0;
        for (var i = 0; i < target.Length; i++)
        {
            carry += target[i] + (i < number.Length ? factor * number[i] : 0);
            target[i] = (uint)carry & Mask;
            carry >>= LimbBits;
        }
    }

    /// <summary>The product with a number that is not negative.</summary>
    private static LimbPolynomial Times(int factor, ReadOnlySpan<uint> number)
    {
        var product = new LimbPolynomial(1, number.Length + 1);
        AddMultiple(product.Limbs, number, factor);
        return product;
    }
}
