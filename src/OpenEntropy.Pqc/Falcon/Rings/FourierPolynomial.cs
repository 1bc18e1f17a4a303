namespace OpenEntropy.Pqc.Falcon.Rings;

/// <summary>Arithmetic on transformed polynomials, value by value. The adjoint of f has the conjugate values.</summary>
internal static class FourierPolynomial
{
    /// <summary>The transform of a polynomial with integer coefficients.</summary>
    public static double[] Transform(ReadOnlySpan<sbyte> polynomial)
    {
        var transformed = new double[polynomial.Length];
        for (var i = 0; i < transformed.Length; i++)
            transformed[i] = polynomial[i];
        FourierTransform.Forward(transformed);
        return transformed;
    }

    /// <summary>target += a b.</summary>
    public static void AddProduct(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> target)
    {
        var points = target.Length / 2;
        for (var k = 0; k < points; k++)
        {
            target[k] += (a[k] * b[k]) - (a[points + k] * b[points + k]);
            target[points + k] += (a[k] * b[points + k]) + (a[points + k] * b[k]);
        }
    }

    /// <summary>target += a b*.</summary>
    public static void AddAdjointProduct(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> target)
    {
        var points = target.Length / 2;
        for (var k = 0; k < points; k++)
        {
            target[k] += (a[k] * b[k]) + (a[points + k] * b[points + k]);
            target[points + k] += (a[points + k] * b[k]) - (a[k] * b[points + k]);
        }
    }

    /// <summary>a /= d, where d is its own adjoint: its values are real. Some processors divide sooner by some numbers.</summary>
    public static void DivideBySelfAdjoint(Span<double> a, ReadOnlySpan<double> d)
    {
        var points = a.Length / 2;
        for (var k = 0; k < points; k++)
        {
            var inverse = 1.0 / d[k];
            a[k] *= inverse;
            a[points + k] *= inverse;
        }
    }

    /// <summary>Every value times a real number.</summary>
    public static void Scale(Span<double> a, double factor)
    {
        foreach (ref var value in a)
            value *= factor;
    }
}
