using System.Security.Cryptography;
using OpenEntropy.Pqc.Falcon.Formats;
using OpenEntropy.Pqc.Falcon.Ntru;
using OpenEntropy.Pqc.Falcon.Rings;
using OpenEntropy.Pqc.Falcon.Sampling;

namespace OpenEntropy.Pqc.Falcon;

/// <summary>
/// Signing, Algorithm 10, with an expanded private key: the transformed basis [[g, −f], [G, −F]] and its tree, computed once and used for any number
/// of signatures, also by several threads at once. Secret, zeroed when disposed of.
/// <para>
/// Doubles are the processor's, in an order that no compiler changes. Expanding a key divides and takes square roots, which some processors do sooner
/// for some numbers; signing does neither. How long signing takes tells of rejected signatures, whose number is independent of key and message, and
/// of what <see cref="IntegerSampler"/> and <see cref="HashToPoint"/> say of themselves. Every signature is verified before it is given out, so that
/// a fault in the computation does not become one that betrays the key.
/// </para>
/// </summary>
internal sealed class FalconSigner : IDisposable
{
    /// <summary>The first byte of a detached signature, less log2 n (3.11.3: 0cc1nnnn with the encoding cc = 01).</summary>
    internal const byte SignatureHeader = 0x30;

    private const int SamplerSeedBytes = 56;

    private readonly FalconPublicKey _publicKey;
    private readonly DoubleBuffers _basis; // f, g, F, G, transformed
    private readonly DoubleBuffers _tree;
    private volatile bool _disposed;

    /// <summary>Expands a key, which is not needed any more afterwards.</summary>
    public FalconSigner(FalconPrivateKey key)
        : this(key, key.PublicKey) { }

    /// <summary>Expands a key whose signatures are verified by the given one.</summary>
    internal FalconSigner(FalconPrivateKey key, FalconPublicKey publicKey)
    {
        _publicKey = publicKey;
        var (parameters, degree) = (key.Parameters, key.Parameters.Degree);
        _basis = new DoubleBuffers(4, degree);
        _tree = new DoubleBuffers(1, LdlTree.Length(parameters.LogDegree));
        Transform(key.SmallF, _basis[0]);
        Transform(key.SmallG, _basis[1]);
        Transform(key.BigF, _basis[2]);
        Transform(key.BigG, _basis[3]);

        // The Gram matrix of the rows (g, −f) and (G, −F).
        using var gram = new DoubleBuffers(3, degree);
        for (var column = 0; column < 2; column++)
        {
            var first = _basis[column];
            var second = _basis[2 + column];
            FourierPolynomial.AddAdjointProduct(first, first, gram[0]);
            FourierPolynomial.AddAdjointProduct(first, second, gram[1]);
            FourierPolynomial.AddAdjointProduct(second, second, gram[2]);
        }
        LdlTree.Build(_tree[0], gram[0], gram[1], gram[2], parameters.Sigma);
    }

    /// <summary>The tree's leaves and nodes.</summary>
    internal ReadOnlySpan<double> Tree => _tree[0];

    private FalconParameters Parameters => _publicKey.Parameters;

    /// <summary>Signs a message; the signature is detached.</summary>
    /// <param name="message">Any length.</param>
    /// <param name="format">Compressed or padded.</param>
    /// <param name="random">Gives 40 bytes of salt, then 56 bytes that seed the sampler.</param>
    /// <exception cref="ObjectDisposedException">The key was zeroed, also meanwhile.</exception>
    /// <exception cref="CryptographicException">The signature computed does not verify: the machine has erred.</exception>
    public byte[] Sign(ReadOnlySpan<byte> message, FalconSignatureFormat format, RandomBytes random)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var limit = format == FalconSignatureFormat.Padded ? Parameters.PaddedSignatureBytes : Parameters.MaxCompressedSignatureBytes;
        var signature = new byte[limit];
        signature[0] = (byte)(SignatureHeader + Parameters.LogDegree);
        var salt = signature.AsSpan(1, FalconParameters.SaltBytes);
        random(salt);
        Span<byte> seed = stackalloc byte[SamplerSeedBytes];
        random(seed);
        using var stream = new ShakeStream(seed);
        CryptographicOperations.ZeroMemory(seed);
        using var bytes = new SamplerBytes(stream.Fill);

        var point = new uint[Parameters.Degree];
        HashToPoint.Compute(salt, message, point);
        var s2 = SecretArray.Of<int>(Parameters.Degree); // what was too long says of the key what signatures must not
        var sampler = new IntegerSampler(bytes, Parameters.SigmaMin);
        int written;
        do
        {
            // Of a basis of zeros no vector is short, and this would have no end.
            ObjectDisposedException.ThrowIf(_disposed, this);
            signature.AsSpan(FalconParameters.SignatureHeadBytes).Clear(); // of what was too long before
            written = TrySample(point, sampler, s2)
                ? SignatureCompression.Compress(s2, signature.AsSpan(FalconParameters.SignatureHeadBytes))
                : -1;
        } while (written < 0);

        SecretArray.Zero(s2);
        if (format == FalconSignatureFormat.Compressed)
            Array.Resize(ref signature, FalconParameters.SignatureHeadBytes + written);

        // Disposed since then: the signature may be one of a key half zeroed.
        Interlocked.MemoryBarrier();
        if (_disposed)
        {
            CryptographicOperations.ZeroMemory(signature);
            throw new ObjectDisposedException(nameof(FalconSigner));
        }

        if (_publicKey.Verify(message, signature, format))
            return signature;
        CryptographicOperations.ZeroMemory(signature);
        throw new CryptographicException($"A {Parameters.Name} signature failed its verification and is withheld.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        Interlocked.MemoryBarrier(); // before any zero is seen
        _basis.Dispose();
        _tree.Dispose();
    }

    /// <summary>Algorithm 10, lines 3 to 8: one short (s1, s2); false when it is not short enough.</summary>
    internal bool TrySample(ReadOnlySpan<uint> point, IntegerSampler sampler, Span<int> s2)
    {
        var degree = point.Length;
        using var buffers = new DoubleBuffers(4 + (FastFourierSampler.ScratchLength(degree) / degree), degree);
        var t0 = buffers[0];
        var t1 = buffers[1];
        var z0 = buffers[2];
        var z1 = buffers[3];

        // t = (c, 0) B^−1 = (−c F, c f) / q; t0 and t1 hold it, z0 the transform of c meanwhile.
        for (var i = 0; i < degree; i++)
            z0[i] = point[i];
        FourierTransform.Forward(z0);
        FourierPolynomial.AddProduct(z0, _basis[2], t0);
        FourierPolynomial.Scale(t0, -1.0 / FalconParameters.Modulus);
        FourierPolynomial.AddProduct(z0, _basis[0], t1);
        FourierPolynomial.Scale(t1, 1.0 / FalconParameters.Modulus);
        FastFourierSampler.Sample(sampler, _tree[0], t0, t1, z0, z1, buffers.From(4));

        // s = (c, 0) − z B = (c − z0 g − z1 G, z0 f + z1 F)
        t0.Clear();
        FourierPolynomial.AddProduct(z0, _basis[1], t0);
        FourierPolynomial.AddProduct(z1, _basis[3], t0);
        FourierTransform.Inverse(t0);
        t1.Clear();
        FourierPolynomial.AddProduct(z0, _basis[0], t1);
        FourierPolynomial.AddProduct(z1, _basis[2], t1);
        FourierTransform.Inverse(t1);
        long norm = 0;
        for (var i = 0; i < degree; i++)
        {
            long s1 = point[i] - double.ConvertToIntegerNative<long>(Math.Round(t0[i]));
            s2[i] = double.ConvertToIntegerNative<int>(Math.Round(t1[i]));
            norm += (s1 * s1) + ((long)s2[i] * s2[i]);
        }
        return norm <= Parameters.NormBound;
    }

    private static void Transform(ReadOnlySpan<sbyte> polynomial, Span<double> target)
    {
        for (var i = 0; i < target.Length; i++)
            target[i] = polynomial[i];
        FourierTransform.Forward(target);
    }
}
