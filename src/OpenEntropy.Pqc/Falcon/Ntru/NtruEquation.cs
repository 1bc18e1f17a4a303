using OpenEntropy.Pqc.Falcon.Rings;

namespace OpenEntropy.Pqc.Falcon.Ntru;

/// <summary>The equation f G − g F = q (3.8.1).</summary>
internal static class NtruEquation
{
    /// <summary>
    /// Whether it holds, exactly: the coefficients of f G − g F are below 2 · 1024 · 127² &lt; 2^26, so that one prime of 31 bits decides. Time
    /// depends on the degree only.
    /// </summary>
    public static bool Holds(ReadOnlySpan<sbyte> f, ReadOnlySpan<sbyte> g, ReadOnlySpan<sbyte> bigF, ReadOnlySpan<sbyte> bigG)
    {
        ref readonly var prime = ref ResiduePrimes.At(0);
        var field = prime.Field;
        var transform = new NumberTheoreticTransform(field, prime.Root, int.Log2(f.Length));
        var (left, right) = (Product(transform, f, bigG), Product(transform, g, bigF));
        var difference = 0u;
        for (var i = 0; i < left.Length; i++)
            difference |= field.Subtract(left[i], right[i]) ^ FalconParameters.Modulus; // q is the constant of value q everywhere
        SecretArray.Zero(left);
        SecretArray.Zero(right);
        return difference == 0;
    }

    private static uint[] Product(NumberTheoreticTransform transform, ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b)
    {
        var (first, second) = (Transform(transform, a), Transform(transform, b));
        for (var i = 0; i < first.Length; i++)
            first[i] = transform.Field.Multiply(transform.Field.ToMontgomery(first[i]), second[i]);
        SecretArray.Zero(second);
        return first;
    }

    private static uint[] Transform(NumberTheoreticTransform transform, ReadOnlySpan<sbyte> polynomial)
    {
        var transformed = SecretArray.Of<uint>(polynomial.Length);
        for (var i = 0; i < transformed.Length; i++)
            transformed[i] = transform.Field.FromSigned(polynomial[i]);
        transform.Forward(transformed);
        return transformed;
    }
}
