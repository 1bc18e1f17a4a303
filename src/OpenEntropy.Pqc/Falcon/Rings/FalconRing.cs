namespace OpenEntropy.Pqc.Falcon.Rings;

/// <summary>Z_q[x]/(x^n + 1) for q = 12289: the transforms of both degrees, and small signed polynomials brought into them.</summary>
internal static class FalconRing
{
    private static readonly PrimeField Modulo = new(FalconParameters.Modulus);
    private static readonly NumberTheoreticTransform Of512 = new(Modulo, Modulo.FindRootOfUnity(), 9);
    private static readonly NumberTheoreticTransform Of1024 = new(Modulo, Modulo.FindRootOfUnity(), 10);

    /// <summary>Arithmetic modulo q.</summary>
    public static ref readonly PrimeField Field => ref Modulo;

    /// <summary>The transform of a parameter set's degree.</summary>
    public static NumberTheoreticTransform Transform(FalconParameters parameters) => parameters.LogDegree == 9 ? Of512 : Of1024;

    /// <summary>The transform of a polynomial with small signed coefficients.</summary>
    public static uint[] TransformSmall(FalconParameters parameters, ReadOnlySpan<sbyte> polynomial)
    {
        var transformed = SecretArray.Of<uint>(polynomial.Length);
        for (var i = 0; i < transformed.Length; i++)
            transformed[i] = Modulo.FromSigned(polynomial[i]);
        Transform(parameters).Forward(transformed);
        return transformed;
    }

    /// <summary>
    /// The quotient of two transformed polynomials, element by element, in the place of the dividend; false when the divisor is not invertible, the
    /// only thing that shows of it.
    /// </summary>
    public static bool Divide(Span<uint> dividend, ReadOnlySpan<uint> divisor)
    {
        var zeros = 0u;
        for (var i = 0; i < dividend.Length; i++)
        {
            zeros |= (divisor[i] - 1) >> 31;
            dividend[i] = Modulo.Multiply(dividend[i], Modulo.Invert(Modulo.ToMontgomery(divisor[i])));
        }
        return zeros == 0;
    }
}
