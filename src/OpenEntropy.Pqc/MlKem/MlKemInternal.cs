using System.Security.Cryptography;

namespace OpenEntropy.Pqc.MlKem;

/// <summary>
/// The internal algorithms of FIPS 203, 6: lengths and values are the caller's affair. No branch and no address depends on a secret; what depends on
/// ρ, which the encapsulation key shows, does take its time (<see cref="PolynomialSampling.SampleUniform"/>).
/// </summary>
internal static class MlKemInternal
{
    private const int Half = 32;

    /// <summary>Algorithm 16, ML-KEM.KeyGen_internal.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="seed">d‖z: 64 bytes.</param>
    /// <param name="encapsulationKey">Receives ek.</param>
    /// <param name="decapsulationKey">Receives dk: dk_PKE‖ek‖H(ek)‖z.</param>
    public static void GenerateKeys(
        MlKemParameters parameters,
        ReadOnlySpan<byte> seed,
        Span<byte> encapsulationKey,
        Span<byte> decapsulationKey
    )
    {
        Span<byte> expanded = stackalloc byte[2 * Half];
        MlKemHashes.G(seed[..Half], [(byte)parameters.Rank], expanded); // Algorithm 13, step 1
        KPke.GenerateKeys(parameters, expanded[..Half], expanded[Half..], encapsulationKey, decapsulationKey);
        var rest = decapsulationKey[parameters.VectorBytes..];
        encapsulationKey.CopyTo(rest);
        rest = rest[parameters.EncapsulationKeyBytes..];
        MlKemHashes.H(encapsulationKey, rest);
        seed[Half..].CopyTo(rest[Half..]);
        CryptographicOperations.ZeroMemory(expanded);
    }

    /// <summary>Algorithm 17, ML-KEM.Encaps_internal.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="encapsulationKey">ek.</param>
    /// <param name="message">m: 32 bytes.</param>
    /// <param name="ciphertext">Receives c.</param>
    /// <param name="sharedSecret">Receives K: 32 bytes.</param>
    public static void Encapsulate(
        MlKemParameters parameters,
        ReadOnlySpan<byte> encapsulationKey,
        ReadOnlySpan<byte> message,
        Span<byte> ciphertext,
        Span<byte> sharedSecret
    )
    {
        Span<byte> hash = stackalloc byte[MlKemHashes.Bytes];
        Span<byte> expanded = stackalloc byte[2 * Half]; // K‖r
        MlKemHashes.H(encapsulationKey, hash);
        MlKemHashes.G(message, hash, expanded);
        KPke.Encrypt(parameters, encapsulationKey, message, expanded[Half..], ciphertext);
        expanded[..Half].CopyTo(sharedSecret);
        CryptographicOperations.ZeroMemory(expanded);
    }

    /// <summary>Algorithm 18, ML-KEM.Decaps_internal, with its implicit rejection: a ciphertext that is not what m' gives has the secret J(z‖c).</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="decapsulationKey">dk.</param>
    /// <param name="ciphertext">c.</param>
    /// <param name="sharedSecret">Receives K: 32 bytes.</param>
    public static void Decapsulate(
        MlKemParameters parameters,
        ReadOnlySpan<byte> decapsulationKey,
        ReadOnlySpan<byte> ciphertext,
        Span<byte> sharedSecret
    )
    {
        // Steps 1 to 4.
        var encapsulationKey = decapsulationKey.Slice(parameters.VectorBytes, parameters.EncapsulationKeyBytes);
        var hash = decapsulationKey.Slice(parameters.VectorBytes + encapsulationKey.Length, MlKemHashes.Bytes);
        var z = decapsulationKey[^Half..];
        Span<byte> secret = stackalloc byte[4 * Half];
        var message = secret[..Half];
        var expanded = secret.Slice(Half, 2 * Half);
        var rejection = secret[(3 * Half)..];
        Span<byte> again = stackalloc byte[MlKemParameters.MaximumCiphertextBytes];

        KPke.Decrypt(parameters, decapsulationKey, ciphertext, message); // Step 5.
        MlKemHashes.G(message, hash, expanded); // Step 6.
        MlKemHashes.J(z, ciphertext, rejection); // Step 7.
        again = again[..ciphertext.Length];
        KPke.Encrypt(parameters, encapsulationKey, message, expanded[Half..], again); // Step 8.
        ConstantTime.Replace(ciphertext, again, expanded[..Half], rejection); // Steps 9 and 10.
        expanded[..Half].CopyTo(sharedSecret);
        CryptographicOperations.ZeroMemory(secret);
        CryptographicOperations.ZeroMemory(again); // where it is another, it tells of m'
    }
}
