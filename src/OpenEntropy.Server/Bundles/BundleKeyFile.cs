using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OpenEntropy.Pqc;
using OpenEntropy.Pqc.Containers;
using OpenEntropy.Server.Receipts;

namespace OpenEntropy.Server.Bundles;

/// <summary>
/// What opens the keys of bundles: the operator's passphrase, which protects them also from who reads the disk; or 256 random bits in a file beside them,
/// which protects a copy of the keys' file that went somewhere without it, and nothing else.
/// </summary>
internal sealed class BundleKeyFile : IDisposable
{
    /// <summary>The file.</summary>
    public const string Name = "bundles.key";

    /// <summary>Random bytes in it.</summary>
    public const int Bytes = 32;

    // Bits that cannot be guessed need no rounds to slow guessing down.
    private const int RoundsOfRandomBits = 1000;

    private readonly char[] _characters;

    private BundleKeyFile(char[] characters) => _characters = characters;

    /// <summary>The passphrase.</summary>
    public ReadOnlySpan<char> Characters => _characters;

    /// <summary>Rounds of PBKDF2.</summary>
    /// <param name="options">Hold the passphrase.</param>
    public static int IterationsOf(BundleOptions options) =>
        options.IdentityPassphrase.Length > 0 ? EncryptedPrivateKeyInfo.DefaultIterations : RoundsOfRandomBits;

    /// <summary>What opens keys that there are.</summary>
    /// <param name="options">Hold the passphrase.</param>
    /// <param name="files">Hold the key file.</param>
    /// <exception cref="IdentityException">There is neither.</exception>
    public static BundleKeyFile Find(BundleOptions options, IdentityFiles files) =>
        TryFind(options, files)
        ?? throw new IdentityException(
            $"identity/{Name} is missing, and {BundleOptions.Section}:{nameof(BundleOptions.IdentityPassphrase)} is not given: restore one of them, or replace the identity as docs/pqc.md says"
        );

    /// <summary>What is to open keys that are made now; where there is neither, a key file.</summary>
    /// <param name="options">Hold the passphrase.</param>
    /// <param name="files">Hold the key file.</param>
    /// <param name="random">Gives <see cref="Bytes"/> bytes.</param>
    public static BundleKeyFile FindOrMake(BundleOptions options, IdentityFiles files, DrawnBytes random)
    {
        if (TryFind(options, files) is { } found)
        {
            return found;
        }

        Span<byte> bits = stackalloc byte[Bytes];
        Span<byte> text = stackalloc byte[Base64Url.GetEncodedLength(Bytes)];
        try
        {
            random.Fill(bits);
            Base64Url.EncodeToUtf8(bits, text, out _, out _);
            files.Write(Name, text);
            return new BundleKeyFile(ToCharacters(text));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bits);
            CryptographicOperations.ZeroMemory(text);
        }
    }

    /// <summary>Zeroes it.</summary>
    public void Dispose() => SecretArray.Zero(_characters);

    private static BundleKeyFile? TryFind(BundleOptions options, IdentityFiles files)
    {
        if (options.IdentityPassphrase.Length > 0)
        {
            return new BundleKeyFile(SecretArray.CopyOf<char>(options.IdentityPassphrase));
        }

        var stored = files.Read(Name, PassphraseRule.Longest);
        if (stored is null)
        {
            return null;
        }

        try
        {
            return new BundleKeyFile(ToCharacters(stored));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(stored);
        }
    }

    private static char[] ToCharacters(ReadOnlySpan<byte> text)
    {
        var characters = SecretArray.Of<char>(text.Length);
        Encoding.Latin1.GetChars(text, characters);
        return characters;
    }
}
