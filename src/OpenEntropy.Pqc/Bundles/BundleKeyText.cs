using System.Security.Cryptography;
using System.Text.Json;
using OpenEntropy.Pqc.Containers;
using OpenEntropy.Pqc.MlDsa;

namespace OpenEntropy.Pqc.Bundles;

/// <summary>Keys as they stand in a bundle.</summary>
internal static class BundleKeyText
{
    /// <summary>Whether an algorithm's keys have all of these forms by a standard.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="encodings">The forms.</param>
    public static bool Has(BundleAlgorithm algorithm, KeyEncodings encodings) =>
        (!encodings.HasFlag(KeyEncodings.Pem) || algorithm.Container is not null)
        && (!encodings.HasFlag(KeyEncodings.Jwk) || algorithm.MlDsa is not null);

    /// <summary>Writes a public key as an object, in those forms that its algorithm has.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="publicKey">The key.</param>
    /// <param name="encodings">The forms.</param>
    public static void WritePublic(Utf8JsonWriter writer, BundleAlgorithm algorithm, ReadOnlySpan<byte> publicKey, KeyEncodings encodings)
    {
        writer.WriteStartObject();
        writer.WriteString("algorithm"u8, algorithm.Name);
        writer.WriteString("kind"u8, algorithm.Kind);
        if (algorithm.IsLegacy)
            writer.WriteBoolean("legacy"u8, value: true);
        writer.WriteBase64String("public_key"u8, publicKey);
        if (encodings.HasFlag(KeyEncodings.Hex))
            writer.WriteString("public_key_hex"u8, Convert.ToHexStringLower(publicKey));
        if (encodings.HasFlag(KeyEncodings.Pem) && algorithm.Container is { } container)
            writer.WriteString(
                "public_key_pem"u8,
                Pem.Write(SubjectPublicKeyInfo.PemLabel, SubjectPublicKeyInfo.Write(container, publicKey))
            );
        if (encodings.HasFlag(KeyEncodings.Jwk) && algorithm.MlDsa is { } parameters)
        {
            writer.WritePropertyName("public_key_jwk"u8);
            MlDsaJwk.Write(writer, MlDsaPublicKey.FromBytes(parameters, publicKey));
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes a secret key in clear.</summary>
    /// <param name="writer">Where to; what it holds is the caller's to zero.</param>
    /// <param name="index">Which of the bundle's keys it belongs to, from 0.</param>
    /// <param name="key">The key.</param>
    /// <param name="encodings">The forms.</param>
    public static void WriteSecret(Utf8JsonWriter writer, int index, MintedKey key, KeyEncodings encodings)
    {
        writer.WriteStartObject();
        writer.WriteNumber("key"u8, index);
        writer.WriteString("algorithm"u8, key.Algorithm.Name);
        if (!key.Seed.IsEmpty)
            SecretText.WriteBase64(writer, "seed", key.Seed);
        SecretText.WriteBase64(writer, "secret_key", key.SecretKey);
        if (encodings.HasFlag(KeyEncodings.Hex))
        {
            if (!key.Seed.IsEmpty)
                SecretText.WriteHex(writer, "seed_hex", key.Seed);
            SecretText.WriteHex(writer, "secret_key_hex", key.SecretKey);
        }

        if (encodings.HasFlag(KeyEncodings.Pem) && key.Algorithm.Container is not null)
            WritePem(writer, "secret_key_pem", key.WritePrivateKeyInfo());
        if (encodings.HasFlag(KeyEncodings.Jwk) && key.Algorithm.MlDsa is { } parameters)
        {
            writer.WritePropertyName("secret_key_jwk"u8);
            using var own = MlDsaPrivateKey.FromSeed(parameters, key.Seed);
            MlDsaJwk.Write(writer, own);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes a secret key under a passphrase.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="index">Which of the bundle's keys it belongs to, from 0.</param>
    /// <param name="key">The key.</param>
    /// <param name="passphrase">The passphrase.</param>
    /// <param name="random">Gives 32 bytes.</param>
    public static void WriteEncrypted(Utf8JsonWriter writer, int index, MintedKey key, ReadOnlySpan<char> passphrase, RandomBytes random)
    {
        var clear = key.WritePrivateKeyInfo();
        try
        {
            writer.WriteStartObject();
            writer.WriteNumber("key"u8, index);
            writer.WriteString("algorithm"u8, key.Algorithm.Name);
            var encrypted = EncryptedPrivateKeyInfo.Encrypt(clear, passphrase, random);
            writer.WriteString("encrypted_pem"u8, Pem.Write(EncryptedPrivateKeyInfo.PemLabel, encrypted));
            writer.WriteEndObject();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }

    private static void WritePem(Utf8JsonWriter writer, string name, byte[] encoded)
    {
        SecretText.WritePem(writer, name, PrivateKeyInfo.PemLabel, encoded);
        CryptographicOperations.ZeroMemory(encoded);
    }
}
