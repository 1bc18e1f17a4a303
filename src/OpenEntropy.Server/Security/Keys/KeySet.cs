using System.Collections.Frozen;
using System.Security.Cryptography;

namespace OpenEntropy.Server.Security.Keys;

/// <summary>Keys at one moment, to be looked up. It does not change.</summary>
internal sealed class KeySet
{
    /// <summary>Bytes of a hash.</summary>
    public const int HashLength = HMACSHA256.HashSizeInBytes;

    // What a text is compared with that names no key: the same work as for one that does.
    private static readonly Entry s_nobody = new(
        new ApiKey
        {
            Id = "",
            Name = "",
            Scopes = Scopes.None,
            Created = DateTimeOffset.MinValue,
            Expires = DateTimeOffset.MinValue,
            Hash = new byte[HashLength],
        }
    );

    private readonly FrozenDictionary<string, Entry> _byId;
    private readonly FrozenDictionary<string, Entry>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <summary>Keys.</summary>
    /// <param name="hashKey">The key of their hashes, <see cref="ApiKeyFiles.HashKeyLength"/> bytes, which stays here.</param>
    /// <param name="keys">The keys.</param>
    /// <exception cref="ApiKeyFileException">Two have the same id.</exception>
    public KeySet(byte[] hashKey, IEnumerable<ApiKey> keys)
    {
        HashKey = hashKey;
        All = [.. keys];
        if (All.DistinctBy(key => key.Id, StringComparer.Ordinal).Count() < All.Count)
        {
            throw new ApiKeyFileException(
                $"{ApiKeyFiles.ListName} is damaged (an id stands there twice): restore it, or remove it and make new keys"
            );
        }

        _byId = All.ToFrozenDictionary(key => key.Id, key => new Entry(key), StringComparer.Ordinal);
        _lookup = _byId.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>No keys.</summary>
    public static KeySet None { get; } = new(new byte[ApiKeyFiles.HashKeyLength], []);

    /// <summary>The key of the hashes.</summary>
    public byte[] HashKey { get; }

    /// <summary>The keys in the order they were made.</summary>
    public IReadOnlyList<ApiKey> All { get; }

    /// <summary>The hash under which a key is kept.</summary>
    /// <param name="utf8">The whole key's text.</param>
    /// <param name="hash">Receives <see cref="HashLength"/> bytes.</param>
    public void Hash(ReadOnlySpan<byte> utf8, Span<byte> hash) => HMACSHA256.HashData(HashKey, utf8, hash);

    /// <summary>Whether a key is among these and lets anybody in.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="now">The time.</param>
    public bool IsGood(string id, DateTimeOffset now) => _byId.TryGetValue(id, out var entry) && entry.Key.IsGood(now);

    /// <summary>
    /// Finds the key that a text is. What is none takes the same steps whatever is wrong with it: its form, id or secret, or that the key has ended.
    /// </summary>
    /// <param name="text">What was presented.</param>
    /// <param name="utf8">The same in UTF-8.</param>
    /// <param name="digest">The SHA-256 of that, by which a key is known again that was found before: its hash takes three times as long.</param>
    /// <param name="now">The time.</param>
    /// <returns>Null where it is none.</returns>
    public ApiKey? Find(ReadOnlySpan<char> text, ReadOnlySpan<byte> utf8, ReadOnlySpan<byte> digest, DateTimeOffset now)
    {
        var entry = _lookup.TryGetValue(ApiKeyText.IdOf(text), out var named) ? named : s_nobody;
        if (entry.IsKnown(digest) & entry.Key.IsGood(now))
        {
            return entry.Key;
        }

        Span<byte> hash = stackalloc byte[HashLength];
        Hash(utf8, hash);
        if (!(CryptographicOperations.FixedTimeEquals(hash, entry.Key.Hash) & entry.Key.IsGood(now)))
        {
            return null;
        }

        entry.Know(digest);
        return entry.Key;
    }

    private sealed class Entry(ApiKey key)
    {
        private byte[]? _digest;

        public ApiKey Key => key;

        public bool IsKnown(ReadOnlySpan<byte> digest) =>
            Volatile.Read(ref _digest) is { } known && CryptographicOperations.FixedTimeEquals(digest, known);

        public void Know(ReadOnlySpan<byte> digest) => Volatile.Write(ref _digest, digest.ToArray());
    }
}
