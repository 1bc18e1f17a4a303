using System.Security.Cryptography;

namespace OpenEntropy.Pqc.MlKem;

/// <summary>
/// ML-KEM as FIPS 203, 7 has it, managed on every platform: the internal algorithms behind the input checks. Keys with a seed are
/// <see cref="MlKemKeyPair"/>'s.
/// </summary>
internal static class MlKemFunctions
{
    /// <summary>7.1, from a seed; 6.1 calls this internal, as the seed decides everything.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="seed">d‖z: 64 bytes.</param>
    /// <param name="encapsulationKey">Receives ek.</param>
    /// <param name="decapsulationKey">Receives dk, expanded.</param>
    /// <exception cref="ArgumentException">A length is not that of the parameter set.</exception>
    public static void GenerateKeys(
        MlKemParameters parameters,
        ReadOnlySpan<byte> seed,
        Span<byte> encapsulationKey,
        Span<byte> decapsulationKey
    )
    {
        Lengths.Require(seed, MlKemParameters.SeedBytes, nameof(seed));
        Lengths.Require(encapsulationKey, parameters.EncapsulationKeyBytes, nameof(encapsulationKey));
        Lengths.Require(decapsulationKey, parameters.DecapsulationKeyBytes, nameof(decapsulationKey));
        MlKemInternal.GenerateKeys(parameters, seed, encapsulationKey, decapsulationKey);
    }

    /// <summary>Algorithm 20, ML-KEM.Encaps.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="encapsulationKey">ek.</param>
    /// <param name="random">Where m comes from.</param>
    /// <param name="ciphertext">Receives c.</param>
    /// <param name="sharedSecret">Receives K: 32 bytes.</param>
    /// <exception cref="ArgumentException">A length is not that of the parameter set, or <see cref="IsEncapsulationKey"/> is false.</exception>
    public static void Encapsulate(
        MlKemParameters parameters,
        ReadOnlySpan<byte> encapsulationKey,
        RandomBytes random,
        Span<byte> ciphertext,
        Span<byte> sharedSecret
    )
    {
        Span<byte> message = stackalloc byte[MlKemParameters.MessageBytes];
        try
        {
            random(message);
            Encapsulate(parameters, encapsulationKey, message, ciphertext, sharedSecret);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(message);
        }
    }

    /// <summary>Algorithm 20, from an explicit message: for known answers, and where a whole run is to be repeated.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="encapsulationKey">ek.</param>
    /// <param name="message">m: 32 random bytes, of one use.</param>
    /// <param name="ciphertext">Receives c.</param>
    /// <param name="sharedSecret">Receives K: 32 bytes.</param>
    /// <exception cref="ArgumentException">A length is not that of the parameter set, or <see cref="IsEncapsulationKey"/> is false.</exception>
    public static void Encapsulate(
        MlKemParameters parameters,
        ReadOnlySpan<byte> encapsulationKey,
        ReadOnlySpan<byte> message,
        Span<byte> ciphertext,
        Span<byte> sharedSecret
    )
    {
        Lengths.Require(encapsulationKey, parameters.EncapsulationKeyBytes, nameof(encapsulationKey));
        Lengths.Require(message, MlKemParameters.MessageBytes, nameof(message));
        Lengths.Require(ciphertext, parameters.CiphertextBytes, nameof(ciphertext));
        Lengths.Require(sharedSecret, MlKemParameters.SharedSecretBytes, nameof(sharedSecret));
        if (!IsEncapsulationKey(parameters, encapsulationKey))
            throw new ArgumentException("The encapsulation key has a coefficient of q or more.", nameof(encapsulationKey));
        MlKemInternal.Encapsulate(parameters, encapsulationKey, message, ciphertext, sharedSecret);
    }

    /// <summary>Algorithm 21, ML-KEM.Decaps, with an expanded key. A ciphertext that was altered gives another secret, not an error.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="decapsulationKey">dk, expanded.</param>
    /// <param name="ciphertext">c.</param>
    /// <param name="sharedSecret">Receives K: 32 bytes.</param>
    /// <exception cref="ArgumentException">A length is not that of the parameter set, or <see cref="IsDecapsulationKey"/> is false.</exception>
    public static void Decapsulate(
        MlKemParameters parameters,
        ReadOnlySpan<byte> decapsulationKey,
        ReadOnlySpan<byte> ciphertext,
        Span<byte> sharedSecret
    )
    {
        Lengths.Require(decapsulationKey, parameters.DecapsulationKeyBytes, nameof(decapsulationKey));
        Lengths.Require(ciphertext, parameters.CiphertextBytes, nameof(ciphertext));
        Lengths.Require(sharedSecret, MlKemParameters.SharedSecretBytes, nameof(sharedSecret));
        if (!IsDecapsulationKey(parameters, decapsulationKey))
            throw new ArgumentException("The decapsulation key does not hold the hash of its encapsulation key.", nameof(decapsulationKey));
        MlKemInternal.Decapsulate(parameters, decapsulationKey, ciphertext, sharedSecret);
    }

    /// <summary>The type check and the modulus check of 7.2.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="key">Bytes from anywhere.</param>
    /// <returns>False for another length, and for a coefficient of q or more.</returns>
    public static bool IsEncapsulationKey(MlKemParameters parameters, ReadOnlySpan<byte> key) =>
        key.Length == parameters.EncapsulationKeyBytes && PolynomialEncoding.IsCanonical(key[..parameters.VectorBytes]);

    /// <summary>The type check and the hash check of 7.3.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="key">Bytes from anywhere.</param>
    /// <returns>False for another length, and where the hash in the key is not that of the encapsulation key in it.</returns>
    public static bool IsDecapsulationKey(MlKemParameters parameters, ReadOnlySpan<byte> key)
    {
        if (key.Length != parameters.DecapsulationKeyBytes)
            return false;
        Span<byte> hash = stackalloc byte[MlKemHashes.Bytes];
        MlKemHashes.H(key.Slice(parameters.VectorBytes, parameters.EncapsulationKeyBytes), hash);
        return hash.SequenceEqual(key.Slice(parameters.VectorBytes + parameters.EncapsulationKeyBytes, MlKemHashes.Bytes));
    }
}
