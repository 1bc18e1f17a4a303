using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OpenEntropy.Pqc;
using OpenEntropy.Pqc.Containers;
using OpenEntropy.Server.Receipts;

namespace OpenEntropy.Server.Bundles;

/// <summary>
/// What opens the keys of bundles and, by a key file of its own, that of receipts: the operator's passphrase, which protects them also from who reads the disk; or 256 random bits in a file beside them,
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
        OfPassphrase(options)
        ?? OfFile(files, Name)
        ?? throw new IdentityException(
            $"identity/{Name} is missing, and {BundleOptions.Section}:{nameof(BundleOptions.IdentityPassphrase)} is not given: restore one of them, or replace the identity as docs/pqc.md says"
        );

    /// <summary>What is to open keys that are made now; where there is neither, a key file.</summary>
    /// <param name="options">Hold the passphrase.</param>
    /// <param name="files">Hold the key file.</param>
    /// <param name="random">Gives <see cref="Bytes"/> bytes.</param>
    /// <param name="name">The key file.</param>
    public static BundleKeyFile FindOrMake(BundleOptions options, IdentityFiles files, DrawnBytes random, string name = Name)
    {
        if ((OfPassphrase(options) ?? OfFile(files, name)) is { } found)
        {
            return found;
        }

        Span<byte> bits = stackalloc byte[Bytes];
        Span<byte> text = stackalloc byte[Base64Url.GetEncodedLength(Bytes)];
        try
        {
            random.Fill(bits);
            Base64Url.EncodeToUtf8(bits, text, out _, out _);
            files.Write(name, text);
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

    /// <summary>The operator's passphrase; null where none is given.</summary>
    /// <param name="options">Hold it.</param>
    public static BundleKeyFile? OfPassphrase(BundleOptions options) =>
        options.IdentityPassphrase.Length > 0 ? new BundleKeyFile(SecretArray.CopyOf<char>(options.IdentityPassphrase)) : null;

    /// <summary>The passphrase in a key file; null where there is no file.</summary>
    /// <param name="files">Hold it.</param>
    /// <param name="name">The file.</param>
    public static BundleKeyFile? OfFile(IdentityFiles files, string name)
    {
        var stored = files.Read(name, PassphraseRule.Longest);
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
