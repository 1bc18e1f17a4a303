using System.Formats.Asn1;
using System.Security.Cryptography;

namespace OpenEntropy.Pqc.Containers;

/// <summary>
/// A private key under a passphrase: EncryptedPrivateKeyInfo of RFC 5958, 3 with PBES2 of RFC 8018, 6.2: PBKDF2 with HMAC-SHA-256, then AES-256 in CBC
/// mode. That is what OpenSSL opens everywhere; it has no authentication, so a wrong passphrase shows by a plaintext that is no key.
/// </summary>
internal static class EncryptedPrivateKeyInfo
{
    /// <summary>The label in PEM: RFC 7468, 11.</summary>
    public const string PemLabel = "ENCRYPTED PRIVATE KEY";

    /// <summary>Rounds of PBKDF2 when written: what OWASP's Password Storage Cheat Sheet asks for with HMAC-SHA-256.</summary>
    public const int DefaultIterations = 600_000;

    /// <summary>Rounds of PBKDF2 at most: more is refused when read, so that a container cannot occupy the machine.</summary>
    public const int MaximumIterations = 10_000_000;

    private const string What = "An EncryptedPrivateKeyInfo";
    private const string Pbes2 = "1.2.840.113549.1.5.13";
    private const string Pbkdf2 = "1.2.840.113549.1.5.12";
    private const string HmacSha256 = "1.2.840.113549.2.9";
    private const string Aes256Cbc = "2.16.840.1.101.3.4.1.42";
    private const int SaltBytes = 16;
    private const int MaximumSaltBytes = 1024;
    private const int VectorBytes = 16;

    /// <summary>Encrypts a key.</summary>
    /// <param name="privateKeyInfo">DER, as <see cref="PrivateKeyInfo"/> writes it.</param>
    /// <param name="passphrase">At least one character; its UTF-8 is what counts, without normalization.</param>
    /// <param name="random">Gives the salt and the initialization vector, 16 bytes each.</param>
    /// <param name="iterations">Rounds of PBKDF2, at most <see cref="MaximumIterations"/>.</param>
    /// <returns>DER.</returns>
    /// <exception cref="ArgumentException">The passphrase is empty or has half a surrogate pair, or the rounds are out of range.</exception>
    public static byte[] Encrypt(
        ReadOnlySpan<byte> privateKeyInfo,
        ReadOnlySpan<char> passphrase,
        RandomBytes random,
        int iterations = DefaultIterations
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(iterations, MaximumIterations);
        var (salt, vector) = (new byte[SaltBytes], new byte[VectorBytes]);
        random(salt);
        random(vector);
        using var aes = PassphraseCipher.Create(passphrase, salt, iterations);
        var encrypted = aes.EncryptCbc(privateKeyInfo, vector);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            WriteScheme(writer, salt, iterations, vector);
            writer.WriteOctetString(encrypted);
        }

        return writer.Encode();
    }

    /// <summary>Decrypts a key.</summary>
    /// <param name="encoded">DER, and nothing after it.</param>
    /// <param name="passphrase">The passphrase.</param>
    /// <returns>DER for <see cref="PrivateKeyInfo.Read"/>, pinned, the caller's to zero.</returns>
    /// <exception cref="ArgumentException">The passphrase is empty or has half a surrogate pair.</exception>
    /// <exception cref="KeyFormatException">Not such a container, another encryption, or a passphrase that does not open it.</exception>
    public static byte[] Decrypt(ReadOnlyMemory<byte> encoded, ReadOnlySpan<char> passphrase)
    {
        var (salt, iterations, vector, encrypted) = Der.ReadSequence(What, encoded, ReadContent);
        using var aes = PassphraseCipher.Create(passphrase, salt, iterations);
        var decrypted = SecretArray.Of<byte>(encrypted.Length);
        try
        {
            var length = aes.DecryptCbc(encrypted, vector, decrypted);

            // One wrong passphrase in 256 leaves a padding that looks right.
            return
                AsnDecoder.TryReadEncodedValue(decrypted.AsSpan(0, length), AsnEncodingRules.DER, out _, out _, out _, out var whole)
                && whole == length
                ? SecretArray.CopyOf<byte>(decrypted.AsSpan(0, length))
                : throw new KeyFormatException("The passphrase does not open the container.");
        }
        catch (CryptographicException exception)
        {
            throw new KeyFormatException("The passphrase does not open the container.", exception);
        }
        finally
        {
            SecretArray.Zero(decrypted);
        }
    }

    // RFC 8018, A.4 and A.2, B.2.5.
    private static void WriteScheme(AsnWriter writer, byte[] salt, int iterations, byte[] vector)
    {
        using var scheme = writer.PushSequence();
        writer.WriteObjectIdentifier(Pbes2);
        using var parameters = writer.PushSequence();
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Pbkdf2);
            using var derivation = writer.PushSequence();
            writer.WriteOctetString(salt);
            writer.WriteInteger(iterations);
            using var function = writer.PushSequence();
            writer.WriteObjectIdentifier(HmacSha256);
            writer.WriteNull();
        }

        using var cipher = writer.PushSequence();
        writer.WriteObjectIdentifier(Aes256Cbc);
        writer.WriteOctetString(vector);
    }

    private static (byte[] Salt, int Iterations, byte[] Vector, byte[] Encrypted) ReadContent(AsnReader reader)
    {
        var scheme = reader.ReadSequence();
        Require(scheme, Pbes2, "PBES2");
        var parameters = scheme.ReadSequence();
        Der.RequireEnd("The identifier of PBES2", scheme);
        var (salt, iterations) = ReadDerivation(parameters.ReadSequence());
        var cipher = parameters.ReadSequence();
        Der.RequireEnd("The parameters of PBES2", parameters);
        Require(cipher, Aes256Cbc, "AES-256 in CBC mode");
        var vector = cipher.ReadOctetString();
        Der.RequireEnd("The identifier of AES-256", cipher);
        Der.RequireLength("An initialization vector of AES-256", vector.Length, VectorBytes);
        return (salt, iterations, vector, reader.ReadOctetString());
    }

    private static (byte[] Salt, int Iterations) ReadDerivation(AsnReader reader)
    {
        Require(reader, Pbkdf2, "PBKDF2");
        var parameters = reader.ReadSequence();
        Der.RequireEnd("The identifier of PBKDF2", reader);
        var salt = parameters.ReadOctetString();
        if (salt.Length is 0 or > MaximumSaltBytes)
            throw new KeyFormatException($"A salt of PBKDF2 has 1 to {MaximumSaltBytes} bytes, not {salt.Length}.");
        if (!parameters.TryReadInt32(out var iterations) || iterations is < 1 or > MaximumIterations)
            throw new KeyFormatException($"PBKDF2 has 1 to {MaximumIterations} rounds.");
        if (
            parameters.HasData
            && parameters.PeekTag() == Asn1Tag.Integer
            && (!parameters.TryReadInt32(out var keyBytes) || keyBytes != PassphraseCipher.KeyBytes)
        )
        {
            throw new KeyFormatException($"A key of AES-256 has {PassphraseCipher.KeyBytes} bytes.");
        }

        // RFC 8018, A.2: absent means HMAC-SHA-1, which is refused like any other.
        if (!parameters.HasData)
            throw new KeyFormatException("The container is not encrypted with HMAC-SHA-256.");
        var function = parameters.ReadSequence();
        Require(function, HmacSha256, "HMAC-SHA-256");
        function.ReadNull();
        Der.RequireEnd("The identifier of HMAC-SHA-256", function);
        Der.RequireEnd("The parameters of PBKDF2", parameters);
        return (salt, iterations);
    }

    private static void Require(AsnReader reader, string oid, string name)
    {
        var given = reader.ReadObjectIdentifier();
        if (given != oid)
            throw new KeyFormatException($"The container is not encrypted with {name} ({oid}), but with {given}.");
    }
}
