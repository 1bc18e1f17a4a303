using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using OpenEntropy.Drbg;

namespace OpenEntropy.Server.Security.Keys;

/// <summary>
/// A key as it is told its owner, <c>oe_{id}_{secret}</c>: ten characters that name it, which are no secret, and 256 random bits in base64url (RFC 4648, 5).
/// </summary>
internal static class ApiKeyText
{
    /// <summary>How each of them begins, and nothing else that is presented as a key: whoever gives one means this service.</summary>
    public const string Prefix = "oe_";

    /// <summary>Characters of an id, base32 (RFC 4648, 6) in lower case.</summary>
    public const int IdLength = 10;

    /// <summary>Random bits of the secret.</summary>
    public const int SecretBits = 256;

    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int BitsPerCharacter = 5;
    private const int SecretBytes = SecretBits / 8;

    private static readonly SearchValues<char> s_alphabet = SearchValues.Create(Alphabet);

    /// <summary>Makes a key from the operating system's generator; the pool's need not be there for it.</summary>
    /// <param name="isTaken">Whether an id is another key's already.</param>
    /// <returns>Its id, and the whole of it.</returns>
    public static (string Id, string Text) Create(Func<string, bool> isTaken)
    {
        string id;
        do
        {
            id = CreateId();
        } while (isTaken(id));

        Span<byte> secret = stackalloc byte[SecretBytes];
        OsRandom.Fill(secret);
        var text = $"{Prefix}{id}_{Base64Url.EncodeToString(secret)}";
        CryptographicOperations.ZeroMemory(secret);
        return (id, text);
    }

    /// <summary>The id that a text names; empty where it has not the form of a key.</summary>
    /// <param name="text">What was presented.</param>
    public static ReadOnlySpan<char> IdOf(ReadOnlySpan<char> text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.Length > Prefix.Length + IdLength
        && text[Prefix.Length + IdLength] == '_'
        && IsId(text.Slice(Prefix.Length, IdLength))
            ? text.Slice(Prefix.Length, IdLength)
            : [];

    /// <summary>Whether a text is an id.</summary>
    /// <param name="text">The text.</param>
    public static bool IsId(ReadOnlySpan<char> text) => text.Length == IdLength && !text.ContainsAnyExcept(s_alphabet);

    private static string CreateId()
    {
        Span<byte> random = stackalloc byte[sizeof(ulong)];
        OsRandom.Fill(random);
        return string.Create(
            IdLength,
            BitConverter.ToUInt64(random),
            static (id, bits) =>
            {
                for (var i = 0; i < id.Length; i++, bits >>= BitsPerCharacter)
                {
                    id[i] = Alphabet[(int)(bits % (uint)Alphabet.Length)];
                }
            }
        );
    }
}
