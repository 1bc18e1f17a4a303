using System.Security.Cryptography;

namespace OpenEntropy.Pqc.MlDsa;

/// <summary>
/// A private key of ML-DSA: FIPS 204. It is kept as its seed, where it was made from one, and expanded. Keys come from the platform where it has
/// ML-DSA (see <see cref="MlDsaPlatform"/>), otherwise from our key generation. Signing is always ours: it takes its randomness as an argument, and no
/// platform does. Dispose it to zero all of it.
/// </summary>
internal sealed class MlDsaPrivateKey : IDisposable
{
    private readonly byte[]? _seed;
    private readonly byte[] _expanded;
    private readonly Lazy<MlDsaSigner> _signer;
    private volatile bool _disposed;

    private MlDsaPrivateKey(MlDsaParameters parameters, byte[]? seed, byte[] expanded, byte[] publicKey)
    {
        (_seed, _expanded, PublicKey) = (seed, expanded, MlDsaPublicKey.FromBytes(parameters, publicKey));
        _signer = new(() => new MlDsaSigner(parameters, expanded, PublicKey.Verifier.Matrix));
    }

    /// <summary>The parameter set.</summary>
    public MlDsaParameters Parameters => PublicKey.Parameters;

    /// <summary>The public half.</summary>
    public MlDsaPublicKey PublicKey { get; }

    /// <summary>Whether the seed is known; it does not follow from an expanded key.</summary>
    public bool HasSeed => _seed is not null;

    /// <summary>Algorithm 1, ML-DSA.KeyGen.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="random">Gives the 32 bytes of ξ.</param>
    public static MlDsaPrivateKey Generate(MlDsaParameters parameters, RandomBytes random)
    {
        Span<byte> seed = stackalloc byte[MlDsaParameters.SeedBytes];
        try
        {
            random(seed);
            return FromSeed(parameters, seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>The key of a seed.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="seed">ξ, 32 bytes; copied.</param>
    /// <exception cref="ArgumentException">Another length.</exception>
    public static MlDsaPrivateKey FromSeed(MlDsaParameters parameters, ReadOnlySpan<byte> seed)
    {
        MlDsaLengths.Require(seed.Length, MlDsaParameters.SeedBytes, $"A seed of {parameters.Name}", nameof(seed));
        var expanded = Pinned(parameters.ExpandedKeyBytes);
        var publicKey = new byte[parameters.PublicKeyBytes];
        if (MlDsaPlatform.IsSupported)
            MlDsaPlatform.Generate(parameters, seed, publicKey, expanded);
        else
            MlDsaKeyGeneration.Generate(parameters, seed, publicKey, expanded);
        return new MlDsaPrivateKey(parameters, Copy(seed), expanded, publicKey);
    }

    /// <summary>The key in its expanded form, without its seed.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="expanded">The key as FIPS 204, Algorithm 24, encodes it; copied.</param>
    /// <exception cref="ArgumentException">Another length.</exception>
    /// <exception cref="CryptographicException">A coefficient is out of range, or tr or t0 do not follow from the rest.</exception>
    public static MlDsaPrivateKey FromExpanded(MlDsaParameters parameters, ReadOnlySpan<byte> expanded)
    {
        MlDsaLengths.Require(expanded.Length, parameters.ExpandedKeyBytes, $"An expanded key of {parameters.Name}", nameof(expanded));
        var publicKey = new byte[parameters.PublicKeyBytes];
        return ExpandedKey.TryGetPublicKey(parameters, expanded, publicKey)
            ? new MlDsaPrivateKey(parameters, seed: null, Copy(expanded), publicKey)
            : throw new CryptographicException($"The expanded key of {parameters.Name} is inconsistent.");
    }

    /// <summary>Copies the seed.</summary>
    /// <param name="target">32 bytes.</param>
    /// <exception cref="InvalidOperationException">The seed is not known.</exception>
    public void ExportSeed(Span<byte> target) =>
        Export(_seed ?? throw new InvalidOperationException("The key came without its seed."), target);

    /// <summary>Copies the expanded key.</summary>
    /// <param name="target">As many bytes as the parameter set says.</param>
    public void ExportExpanded(Span<byte> target) => Export(_expanded, target);

    /// <summary>Algorithm 2, ML-DSA.Sign, hedged.</summary>
    /// <param name="message">The message.</param>
    /// <param name="context">At most 255 bytes.</param>
    /// <param name="random">Gives the 32 bytes of rnd.</param>
    /// <exception cref="ArgumentException">The context is longer.</exception>
    public byte[] Sign(ReadOnlySpan<byte> message, ReadOnlySpan<byte> context, RandomBytes random)
    {
        Span<byte> rnd = stackalloc byte[MlDsaParameters.RandomnessBytes];
        try
        {
            random(rnd);
            return Sign(message, context, rnd);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(rnd);
        }
    }

    /// <summary>Algorithm 2, ML-DSA.Sign, deterministic: rnd is zero.</summary>
    /// <param name="message">The message.</param>
    /// <param name="context">At most 255 bytes.</param>
    /// <exception cref="ArgumentException">The context is longer.</exception>
    public byte[] SignDeterministically(ReadOnlySpan<byte> message, ReadOnlySpan<byte> context)
    {
        Span<byte> zeros = stackalloc byte[MlDsaParameters.RandomnessBytes];
        zeros.Clear();
        return Sign(message, context, zeros);
    }

    /// <summary>Algorithm 7, ML-DSA.Sign_internal, of a message that is formatted already.</summary>
    /// <param name="formatted">M'.</param>
    /// <param name="rnd">32 bytes.</param>
    public byte[] SignFormatted(ReadOnlySpan<byte> formatted, ReadOnlySpan<byte> rnd)
    {
        Span<byte> representative = stackalloc byte[MlDsaParameters.RepresentativeBytes];
        MlDsaMessage.RepresentFormatted(PublicKey.Verifier.KeyHash, formatted, representative);
        return SignRepresentative(representative, rnd);
    }

    /// <summary>Algorithm 7 with μ given, so that a message need not come here (FIPS 204, 6.2).</summary>
    /// <param name="representative">μ, 64 bytes.</param>
    /// <param name="rnd">32 bytes, zeros for a deterministic signature.</param>
    /// <exception cref="ArgumentException">Another length.</exception>
    /// <exception cref="ObjectDisposedException">The key is disposed.</exception>
    public byte[] SignRepresentative(ReadOnlySpan<byte> representative, ReadOnlySpan<byte> rnd)
    {
        MlDsaLengths.Require(
            representative.Length,
            MlDsaParameters.RepresentativeBytes,
            "A message representative",
            nameof(representative)
        );
        MlDsaLengths.Require(rnd.Length, MlDsaParameters.RandomnessBytes, "The randomness of a signature", nameof(rnd));
        ObjectDisposedException.ThrowIf(_disposed, this);
        var signature = new byte[Parameters.SignatureBytes];
        var signer = _signer.Value;
        signer.Sign(representative, rnd, signature);

        // Disposed since then: the signer may have been made of a key half zeroed.
        Interlocked.MemoryBarrier();
        if (!_disposed)
            return signature;
        signer.Dispose();
        CryptographicOperations.ZeroMemory(signature);
        throw new ObjectDisposedException(nameof(MlDsaPrivateKey));
    }

    /// <summary>Zeroes the key in all its forms.</summary>
    public void Dispose()
    {
        _disposed = true;
        Interlocked.MemoryBarrier(); // before any zero is seen
        CryptographicOperations.ZeroMemory(_seed);
        CryptographicOperations.ZeroMemory(_expanded);
        if (_signer.IsValueCreated)
            _signer.Value.Dispose();
    }

    private byte[] Sign(ReadOnlySpan<byte> message, ReadOnlySpan<byte> context, ReadOnlySpan<byte> rnd)
    {
        if (context.Length > MlDsaParameters.MaximumContextBytes)
        {
            var limit = MlDsaParameters.MaximumContextBytes;
            throw new ArgumentException($"A context has at most {limit} bytes, not {context.Length}.", nameof(context));
        }

        Span<byte> representative = stackalloc byte[MlDsaParameters.RepresentativeBytes];
        MlDsaMessage.Represent(PublicKey.Verifier.KeyHash, context, message, representative);
        return SignRepresentative(representative, rnd);
    }

    private void Export(byte[] part, Span<byte> target)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        MlDsaLengths.Require(target.Length, part.Length, "The target", nameof(target));
        part.CopyTo(target);
    }

    private static byte[] Copy(ReadOnlySpan<byte> secret)
    {
        var copy = Pinned(secret.Length);
        secret.CopyTo(copy);
        return copy;
    }

    private static byte[] Pinned(int length) => GC.AllocateArray<byte>(length, pinned: true);
}
