using System.Security.Cryptography;
using System.Text;

namespace OpenEntropy.Pqc.Containers;

/// <summary>AES-256 under a key that PBKDF2 with HMAC-SHA-256 makes of a passphrase: RFC 8018, 5.2.</summary>
internal static class PassphraseCipher
{
    /// <summary>Bytes of the key.</summary>
    public const int KeyBytes = 32;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The cipher, for one use.</summary>
    /// <param name="passphrase">At least one character.</param>
    /// <param name="salt">The salt.</param>
    /// <param name="iterations">Rounds.</param>
    /// <exception cref="ArgumentException">The passphrase is empty or has half a surrogate pair.</exception>
    public static Aes Create(ReadOnlySpan<char> passphrase, ReadOnlySpan<byte> salt, int iterations)
    {
        if (passphrase.IsEmpty)
            throw new ArgumentException("A passphrase has at least one character.", nameof(passphrase));
        var text = GC.AllocateArray<byte>(s_strict.GetMaxByteCount(passphrase.Length), pinned: true);
        Span<byte> key = stackalloc byte[KeyBytes];
        try
        {
            var length = s_strict.GetBytes(passphrase, text);
            Rfc2898DeriveBytes.Pbkdf2(text.AsSpan(0, length), salt, key, iterations, HashAlgorithmName.SHA256);
            var aes = Aes.Create();
            aes.SetKey(key);
            return aes;
        }
        catch (EncoderFallbackException exception)
        {
            throw new ArgumentException("A passphrase is Unicode text.", nameof(passphrase), exception);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(text);
        }
    }
}
