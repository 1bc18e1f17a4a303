using System.Security.Cryptography;

namespace OpenEntropy.Pqc.MlKem;

/// <summary>
/// An ML-KEM key pair, made from its seed: by the platform where that has ML-KEM, by our own implementation elsewhere; a test shows that the keys are
/// equal. Encapsulation is <see cref="MlKemFunctions"/>' on every platform, since the platform's takes its randomness from nobody. Disposing zeroes it.
/// </summary>
internal sealed class MlKemKeyPair : IDisposable
{
    private readonly IMlKemKey _key;
    private readonly byte[] _seed;
    private readonly byte[] _encapsulationKey;
    private bool _disposed;

    private MlKemKeyPair(MlKemParameters parameters, byte[] seed, IMlKemKey key)
    {
        Parameters = parameters;
        _seed = seed;
        _key = key;
        _encapsulationKey = new byte[parameters.EncapsulationKeyBytes];
        key.ExportEncapsulationKey(_encapsulationKey);
    }

    /// <summary>The parameter set.</summary>
    public MlKemParameters Parameters { get; }

    /// <summary>ek.</summary>
    public ReadOnlySpan<byte> EncapsulationKey => _encapsulationKey;

    /// <summary>Whether the platform's implementation holds it.</summary>
    public bool IsPlatform => _key is PlatformMlKemKey;

    /// <summary>ML-KEM.KeyGen: Algorithm 19.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="random">Where the seed comes from; what it throws is thrown on.</param>
    public static MlKemKeyPair Generate(MlKemParameters parameters, RandomBytes random)
    {
        Span<byte> seed = stackalloc byte[MlKemParameters.SeedBytes];
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

    /// <summary>The pair of a seed: Algorithm 16.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="seed">d‖z: 64 bytes.</param>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public static MlKemKeyPair FromSeed(MlKemParameters parameters, ReadOnlySpan<byte> seed) =>
        FromSeed(parameters, seed, PlatformMlKemKey.IsSupported);

    /// <summary>The same by a given implementation.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="seed">d‖z: 64 bytes.</param>
    /// <param name="platform">The platform's, or our own.</param>
    /// <exception cref="ArgumentException">The seed has another length.</exception>
    /// <exception cref="PlatformNotSupportedException">The platform has none.</exception>
    internal static MlKemKeyPair FromSeed(MlKemParameters parameters, ReadOnlySpan<byte> seed, bool platform)
    {
        Lengths.Require(seed, MlKemParameters.SeedBytes, nameof(seed));
        IMlKemKey key = platform ? new PlatformMlKemKey(parameters, seed) : new ManagedMlKemKey(parameters, seed);
        var kept = GC.AllocateArray<byte>(MlKemParameters.SeedBytes, pinned: true);
        seed.CopyTo(kept);
        return new MlKemKeyPair(parameters, kept, key);
    }

    /// <summary>Writes d‖z: the private key in the form that RFC 9935 prefers.</summary>
    /// <param name="target">64 bytes.</param>
    /// <exception cref="ArgumentException">It has another length.</exception>
    /// <exception cref="ObjectDisposedException">The pair was disposed.</exception>
    public void ExportSeed(Span<byte> target)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Lengths.Require(target, MlKemParameters.SeedBytes, nameof(target));
        _seed.CopyTo(target);
    }

    /// <summary>Writes dk, expanded.</summary>
    /// <param name="target">As long as <see cref="MlKemParameters.DecapsulationKeyBytes"/> says.</param>
    /// <exception cref="ArgumentException">It has another length.</exception>
    /// <exception cref="ObjectDisposedException">The pair was disposed.</exception>
    public void ExportDecapsulationKey(Span<byte> target)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Lengths.Require(target, Parameters.DecapsulationKeyBytes, nameof(target));
        _key.ExportDecapsulationKey(target);
    }

    /// <summary>ML-KEM.Decaps: Algorithm 21. A ciphertext that was altered gives another secret, not an error.</summary>
    /// <param name="ciphertext">c.</param>
    /// <param name="sharedSecret">Receives K: 32 bytes.</param>
    /// <exception cref="ArgumentException">A length is not that of the parameter set.</exception>
    /// <exception cref="ObjectDisposedException">The pair was disposed.</exception>
    public void Decapsulate(ReadOnlySpan<byte> ciphertext, Span<byte> sharedSecret)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Lengths.Require(ciphertext, Parameters.CiphertextBytes, nameof(ciphertext));
        Lengths.Require(sharedSecret, MlKemParameters.SharedSecretBytes, nameof(sharedSecret));
        _key.Decapsulate(ciphertext, sharedSecret);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _key.Dispose();
        CryptographicOperations.ZeroMemory(_seed);
    }
}
