using System.Diagnostics.CodeAnalysis;
using OpenEntropy.Pqc.Falcon.Formats;
using OpenEntropy.Pqc.Falcon.Ntru;
using OpenEntropy.Pqc.Falcon.Rings;

namespace OpenEntropy.Pqc.Falcon;

/// <summary>
/// A Falcon private key: f, g, F and G with f G − g F = q, and the public key they give. Secret, zeroed when disposed of. A key that exists satisfies
/// the equation exactly, has an invertible f and a basis within the Gram–Schmidt bound; G is never stored but computed again.
/// </summary>
internal sealed class FalconPrivateKey : IDisposable
{
    private readonly sbyte[] _coefficients; // f, g, F, G
    private bool _disposed;

    private FalconPrivateKey(FalconParameters parameters, sbyte[] coefficients, FalconPublicKey publicKey)
    {
        Parameters = parameters;
        _coefficients = coefficients;
        PublicKey = publicKey;
    }

    /// <summary>The parameter set.</summary>
    public FalconParameters Parameters { get; }

    /// <summary>h = g / f.</summary>
    public FalconPublicKey PublicKey { get; }

    /// <summary>f.</summary>
    internal ReadOnlySpan<sbyte> SmallF => Own(0);

    /// <summary>g.</summary>
    internal ReadOnlySpan<sbyte> SmallG => Own(1);

    /// <summary>F.</summary>
    internal ReadOnlySpan<sbyte> BigF => Own(2);

    /// <summary>G.</summary>
    internal ReadOnlySpan<sbyte> BigG => Own(3);

    /// <summary>Decodes a key; false for another length, header, a coefficient out of range, and polynomials that are no key.</summary>
    public static bool TryDecode(FalconParameters parameters, ReadOnlySpan<byte> encoded, [NotNullWhen(true)] out FalconPrivateKey? key)
    {
        key = null;
        var coefficients = SecretArray.Of<sbyte>(4 * parameters.Degree);
        if (PrivateKeyEncoding.TryDecode(parameters, encoded, Part(coefficients, 0), Part(coefficients, 1), Part(coefficients, 2)))
            key = Complete(parameters, coefficients);
        if (key is null)
            SecretArray.Zero(coefficients);
        return key is not null;
    }

    /// <summary>Decodes a key.</summary>
    /// <exception cref="ArgumentException">The encoding is none of a key of this parameter set.</exception>
    public static FalconPrivateKey Decode(FalconParameters parameters, ReadOnlySpan<byte> encoded) =>
        TryDecode(parameters, encoded, out var key)
            ? key
            : throw new ArgumentException(
                $"No {parameters.Name} private key of {parameters.PrivateKeyBytes} bytes ({encoded.Length} given).",
                nameof(encoded)
            );

    /// <summary>The key of three polynomials, which are copied; null when they are no key. G is computed again.</summary>
    internal static FalconPrivateKey? FromPolynomials(
        FalconParameters parameters,
        ReadOnlySpan<sbyte> f,
        ReadOnlySpan<sbyte> g,
        ReadOnlySpan<sbyte> bigF
    )
    {
        var coefficients = SecretArray.Of<sbyte>(4 * parameters.Degree);
        f.CopyTo(Part(coefficients, 0));
        g.CopyTo(Part(coefficients, 1));
        bigF.CopyTo(Part(coefficients, 2));
        var key = Complete(parameters, coefficients);
        if (key is null)
            SecretArray.Zero(coefficients);
        return key;
    }

    /// <summary>Encodes f, g and F (3.11.5). The caller zeroes what it is given.</summary>
    /// <exception cref="ObjectDisposedException">The key was zeroed.</exception>
    public byte[] Encode() => PrivateKeyEncoding.Encode(Parameters, SmallF, SmallG, BigF);

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        SecretArray.Zero(_coefficients);
    }

    /// <summary>The key of f, g and F; null when they are none. G is h F modulo q, which is exact if its coefficients are in [−127, 127].</summary>
    private static FalconPrivateKey? Complete(FalconParameters parameters, sbyte[] coefficients)
    {
        ReadOnlySpan<sbyte> f = Part(coefficients, 0);
        ReadOnlySpan<sbyte> g = Part(coefficients, 1);
        if (!BasisQuality.IsAcceptable(f, g))
            return null;
        var h = FalconRing.TransformSmall(parameters, g);
        var divisor = FalconRing.TransformSmall(parameters, f);
        var bigG = FalconRing.TransformSmall(parameters, Part(coefficients, 2));
        var valid = FalconRing.Divide(h, divisor);
        for (var i = 0; i < h.Length; i++)
            bigG[i] = FalconRing.Field.Multiply(FalconRing.Field.ToMontgomery(bigG[i]), h[i]);
        FalconRing.Transform(parameters).Inverse(bigG);
        FalconRing.Transform(parameters).Inverse(h);
        valid &= TryNarrow(bigG, Part(coefficients, 3));
        valid = valid && NtruEquation.Holds(f, g, Part(coefficients, 2), Part(coefficients, 3));
        SecretArray.Zero(divisor);
        SecretArray.Zero(bigG);
        return valid ? new FalconPrivateKey(parameters, coefficients, FalconPublicKey.FromCoefficients(parameters, h)) : null;
    }

    private ReadOnlySpan<sbyte> Own(int index)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Part(_coefficients, index);
    }

    private static bool TryNarrow(ReadOnlySpan<uint> wide, Span<sbyte> narrow)
    {
        var outOfRange = 0;
        for (var i = 0; i < wide.Length; i++)
        {
            var value = FalconRing.Field.ToSigned(wide[i]);
            outOfRange |= (sbyte.MaxValue - value) | (sbyte.MaxValue + value);
            narrow[i] = (sbyte)value;
        }
        return outOfRange >= 0;
    }

    private static Span<sbyte> Part(sbyte[] coefficients, int index) =>
        coefficients.AsSpan(index * (coefficients.Length / 4), coefficients.Length / 4);
}
