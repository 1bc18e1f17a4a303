using System.Security.Cryptography;
using System.Text.Json;
using OpenEntropy.Pqc.Containers;
using OpenEntropy.Pqc.Falcon;
using OpenEntropy.Pqc.MlDsa;

namespace OpenEntropy.Pqc.Bundles;

/// <summary>The private halves of an identity as members of a JSON object, each PKCS #8 under a passphrase. What is in clear between is zeroed.</summary>
internal static class IdentityKeyText
{
    private static string FalconOid => BundleAlgorithm.Find(FalconParameters.Falcon512.Name)!.PrivateOid!;

    /// <summary>Writes the key of ML-DSA.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="key">The key.</param>
    /// <param name="passphrase">The passphrase.</param>
    /// <param name="random">Gives 32 bytes.</param>
    /// <param name="iterations">Rounds of PBKDF2.</param>
    public static void Write(
        Utf8JsonWriter writer,
        MlDsaPrivateKey key,
        ReadOnlySpan<char> passphrase,
        RandomBytes random,
        int iterations
    ) => Write(writer, PublicIdentity.MlDsaAlgorithm, MlDsaContainers.WritePrivateKey(key), passphrase, random, iterations);

    /// <summary>Writes the key of Falcon.</summary>
    /// <inheritdoc cref="Write(Utf8JsonWriter, MlDsaPrivateKey, ReadOnlySpan{char}, RandomBytes, int)" path="/param"/>
    public static void Write(Utf8JsonWriter writer, FalconPrivateKey key, ReadOnlySpan<char> passphrase, RandomBytes random, int iterations)
    {
        var encoded = key.Encode();
        try
        {
            var clear = UnregisteredPrivateKeyInfo.Write(FalconOid, encoded);
            Write(writer, PublicIdentity.FalconAlgorithm, clear, passphrase, random, iterations);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(encoded);
        }
    }

    /// <summary>Reads the key of ML-DSA.</summary>
    /// <param name="root">An object.</param>
    /// <param name="passphrase">The passphrase.</param>
    /// <exception cref="KeyFormatException">There is none, or the passphrase does not open it.</exception>
    public static MlDsaPrivateKey ReadMlDsa(JsonElement root, ReadOnlySpan<char> passphrase)
    {
        var clear = Decrypt(root, PublicIdentity.MlDsaAlgorithm, passphrase);
        try
        {
            return MlDsaContainers.ReadPrivateKey(clear);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }

    /// <summary>Reads the key of Falcon.</summary>
    /// <inheritdoc cref="ReadMlDsa" path="/param"/>
    /// <inheritdoc cref="ReadMlDsa" path="/exception"/>
    public static FalconPrivateKey ReadFalcon(JsonElement root, ReadOnlySpan<char> passphrase)
    {
        var clear = Decrypt(root, PublicIdentity.FalconAlgorithm, passphrase);
        byte[] encoded = [];
        try
        {
            encoded = UnregisteredPrivateKeyInfo.Read(FalconOid, clear);
            return FalconPrivateKey.TryDecode(FalconParameters.Falcon512, encoded, out var key)
                ? key
                : throw new KeyFormatException("The file holds no key of Falcon-512.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
            CryptographicOperations.ZeroMemory(encoded);
        }
    }

    private static void Write(
        Utf8JsonWriter writer,
        string name,
        byte[] clear,
        ReadOnlySpan<char> passphrase,
        RandomBytes random,
        int iterations
    )
    {
        try
        {
            var encrypted = EncryptedPrivateKeyInfo.Encrypt(clear, passphrase, random, iterations);
            writer.WriteString(name, Pem.Write(EncryptedPrivateKeyInfo.PemLabel, encrypted));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }

    private static byte[] Decrypt(JsonElement root, string name, ReadOnlySpan<char> passphrase)
    {
        var text = JsonText.Find(root, name) ?? throw new KeyFormatException($"The file holds no key of {name}.");
        return EncryptedPrivateKeyInfo.Decrypt(Pem.Read(text, EncryptedPrivateKeyInfo.PemLabel), passphrase);
    }
}
