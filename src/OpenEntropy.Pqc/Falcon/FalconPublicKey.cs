using System.Diagnostics.CodeAnalysis;
using OpenEntropy.Pqc.Falcon.Formats;
using OpenEntropy.Pqc.Falcon.Rings;

namespace OpenEntropy.Pqc.Falcon;

/// <summary>A Falcon public key: verification, Algorithm 16. Everything here is public, so time may follow it.</summary>
internal sealed class FalconPublicKey
{
    private readonly byte[] _encoded;
    private readonly uint[] _transform; // of h, in Montgomery's form

    private FalconPublicKey(FalconParameters parameters, byte[] encoded, uint[] coefficients)
    {
        Parameters = parameters;
        _encoded = encoded;
        _transform = coefficients;
        FalconRing.Transform(parameters).Forward(_transform);
        foreach (ref var value in _transform.AsSpan())
            value = FalconRing.Field.ToMontgomery(value);
    }

    /// <summary>The parameter set.</summary>
    public FalconParameters Parameters { get; }

    /// <summary>The encoded key: <see cref="FalconParameters.PublicKeyBytes"/> bytes.</summary>
    public ReadOnlySpan<byte> Encoded => _encoded;

    /// <summary>Decodes a key; false for another length, another header or a coefficient that is not below q.</summary>
    public static bool TryDecode(FalconParameters parameters, ReadOnlySpan<byte> encoded, [NotNullWhen(true)] out FalconPublicKey? key)
    {
        var coefficients = new uint[parameters.Degree];
        key = PublicKeyEncoding.TryDecode(parameters, encoded, coefficients)
            ? new FalconPublicKey(parameters, encoded.ToArray(), coefficients)
            : null;
        return key is not null;
    }

    /// <summary>Decodes a key.</summary>
    /// <exception cref="ArgumentException">The encoding is none of a key of this parameter set.</exception>
    public static FalconPublicKey Decode(FalconParameters parameters, ReadOnlySpan<byte> encoded) =>
        TryDecode(parameters, encoded, out var key)
            ? key
            : throw new ArgumentException(
                $"No {parameters.Name} public key of {parameters.PublicKeyBytes} bytes ({encoded.Length} given).",
                nameof(encoded)
            );

    /// <summary>The key of h given by its coefficients, each below q.</summary>
    internal static FalconPublicKey FromCoefficients(FalconParameters parameters, uint[] coefficients) =>
        new(parameters, PublicKeyEncoding.Encode(parameters, coefficients), coefficients);

    /// <summary>Whether a detached signature in this format is one of the message. Anything malformed is not.</summary>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, FalconSignatureFormat format)
    {
        Span<int> s2 = stackalloc int[Parameters.Degree];
        if (!TryReadSignature(signature, format, s2))
            return false;
        Span<uint> point = stackalloc uint[Parameters.Degree];
        HashToPoint.Compute(signature.Slice(1, FalconParameters.SaltBytes), message, point);

        // s1 = c − s2 h, with coefficients in (−q/2, q/2).
        Span<uint> product = stackalloc uint[Parameters.Degree];
        var field = FalconRing.Field;
        for (var i = 0; i < product.Length; i++)
            product[i] = field.FromSigned(s2[i]);
        var transform = FalconRing.Transform(Parameters);
        transform.Forward(product);
        for (var i = 0; i < product.Length; i++)
            product[i] = field.Multiply(product[i], _transform[i]);
        transform.Inverse(product);

        long norm = 0;
        for (var i = 0; i < product.Length; i++)
        {
            long s1 = field.ToSigned(field.Subtract(point[i], product[i]));
            norm += (s1 * s1) + ((long)s2[i] * s2[i]);
        }
        return norm <= Parameters.NormBound;
    }

    private bool TryReadSignature(ReadOnlySpan<byte> signature, FalconSignatureFormat format, Span<int> s2)
    {
        var longest = format == FalconSignatureFormat.Padded ? Parameters.PaddedSignatureBytes : Parameters.MaxCompressedSignatureBytes;
        if (signature.Length <= FalconParameters.SignatureHeadBytes || signature.Length > longest)
            return false;
        if (signature[0] != FalconSigner.SignatureHeader + Parameters.LogDegree)
            return false;
        var body = signature[FalconParameters.SignatureHeadBytes..];
        var read = SignatureCompression.Decompress(body, s2);
        if (read < 0)
            return false;
        return format == FalconSignatureFormat.Padded
            ? signature.Length == longest && !body[read..].ContainsAnyExcept((byte)0)
            : read == body.Length;
    }
}
