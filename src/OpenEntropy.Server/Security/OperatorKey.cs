using System.Security.Cryptography;

namespace OpenEntropy.Server.Security;

/// <summary>
/// The key whose digest stands in the configuration (<see cref="SecurityOptions.OperatorKeyDigest"/>), for where there is no file to write: it has every
/// scope and ends when the setting does. Digests are compared, in a time that tells nothing of where they differ.
/// </summary>
internal sealed class OperatorKey
{
    /// <summary>The fewest characters of the key.</summary>
    public const int Shortest = 32;

    /// <summary>Its id; no other key has one of this length.</summary>
    public const string Id = "operator";

    private static readonly Caller s_caller = new(CallerKind.Key, Id) { Scopes = Scopes.All };

    private readonly byte[] _digest;

    private OperatorKey(byte[] digest) => _digest = digest;

    /// <summary>The key; null where none is configured.</summary>
    /// <param name="digest">Its SHA-256 in hexadecimal; empty for none.</param>
    public static OperatorKey? Of(string digest) => digest.Length == 0 ? null : new OperatorKey(Convert.FromHexString(digest));

    /// <summary>Who has a text for a key; null where it is not this one. One that is too short never is, whatever digest was configured.</summary>
    /// <param name="text">The text.</param>
    /// <param name="digest">Its SHA-256.</param>
    public Caller? Find(string text, ReadOnlySpan<byte> digest) =>
        CryptographicOperations.FixedTimeEquals(digest, _digest) & (text.Length >= Shortest) ? s_caller : null;
}
