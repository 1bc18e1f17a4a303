using System.Text.Json;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Drbg;
using OpenEntropy.Server.Receipts;

namespace OpenEntropy.Server.Security.Keys;

/// <summary>
/// The keys on disk, for their owner alone. Each file is there whole or not at all; what is not as it was written here is refused, and never taken for
/// a list of fewer keys.
/// </summary>
/// <param name="storage">The storage directory.</param>
internal sealed class ApiKeyFiles(string storage)
{
    /// <summary>The list.</summary>
    public const string ListName = "api-keys.json";

    /// <summary>The key of the hashes, 32 random bytes.</summary>
    public const string HashKeyName = "api-keys.key";

    /// <summary>When each key was used last; written by the service alone, so that it never writes the list.</summary>
    public const string UsesName = "api-keys.used.json";

    /// <summary>Bytes of the key of the hashes.</summary>
    public const int HashKeyLength = 32;

    private const int Version = 1;
    private const int LongestList = 8 << 20;

    /// <summary>The storage directory.</summary>
    public string Directory { get; } = storage;

    /// <summary>What changes where the keys change.</summary>
    public string Stamp() => $"{OwnerFile.Stamp(PathOf(ListName))}|{OwnerFile.Stamp(PathOf(HashKeyName))}";

    /// <summary>Reads the keys.</summary>
    /// <returns>Null where there is no list.</returns>
    /// <exception cref="ApiKeyFileException">A file is damaged, missing beside the other, or others than its owner can get at it.</exception>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public KeySet? Read()
    {
        if (ReadBytes(ListName, LongestList) is not { } list)
        {
            return null;
        }

        var hashKey = ReadBytes(HashKeyName, HashKeyLength);
        return hashKey?.Length == HashKeyLength
            ? new KeySet(hashKey, Parse(list))
            : throw new ApiKeyFileException(
                $"{HashKeyName} is {(hashKey is null ? "missing" : "damaged")} beside {ListName}: restore it, or remove both and make new keys"
            );
    }

    /// <summary>Writes the list, and before it a new key for its hashes where there is none.</summary>
    /// <param name="keys">All of them.</param>
    /// <inheritdoc cref="Read" path="/exception"/>
    public void Write(KeySet keys)
    {
        if (!OwnerFile.Exists(PathOf(HashKeyName)))
        {
            PrivateFile.Replace(PathOf(HashKeyName), keys.HashKey);
        }

        var body = new ApiKeyListBody { Version = Version, Keys = [.. keys.All.Select(ToBody)] };
        PrivateFile.Replace(PathOf(ListName), JsonSerializer.SerializeToUtf8Bytes(body, ApiKeyJson.Default.ApiKeyListBody));
        DirectoryFlush.Wait(Directory);
    }

    /// <summary>A list without keys, and with a new key for its hashes where there is none yet.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public KeySet CreateEmpty()
    {
        var hashKey = ReadBytes(HashKeyName, HashKeyLength);
        if (hashKey is null)
        {
            hashKey = GC.AllocateArray<byte>(HashKeyLength, pinned: true);
            OsRandom.Fill(hashKey);
        }

        return hashKey.Length == HashKeyLength
            ? new KeySet(hashKey, [])
            : throw new ApiKeyFileException($"{HashKeyName} is damaged: restore it, or remove it and make new keys");
    }

    /// <summary>Reads when keys were used last; what cannot be read is not known.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> ReadUses()
    {
        try
        {
            return ReadBytes(UsesName, LongestList) is { } uses
                ? JsonSerializer.Deserialize(uses, ApiKeyJson.Default.DictionaryStringDateTimeOffset) ?? []
                : [];
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException or ApiKeyFileException)
        {
            return new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal); // it is told by who writes it; nothing hangs on it
        }
    }

    /// <summary>Writes when keys were used last.</summary>
    /// <param name="uses">By id.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public void WriteUses(Dictionary<string, DateTimeOffset> uses) =>
        PrivateFile.Replace(PathOf(UsesName), JsonSerializer.SerializeToUtf8Bytes(uses, ApiKeyJson.Default.DictionaryStringDateTimeOffset));

    private static IEnumerable<ApiKey> Parse(byte[] list)
    {
        ApiKeyListBody? body;
        try
        {
            body = JsonSerializer.Deserialize(list, ApiKeyJson.Default.ApiKeyListBody);
        }
        catch (JsonException exception)
        {
            // Its message repeats nothing of the file but the path within it.
            throw Damaged($"at line {exception.LineNumber + 1}");
        }

        return body?.Version == Version
            ? [.. body.Keys.Select(each => each is null ? throw Damaged("a key in it is null") : FromBody(each))]
            : throw Damaged($"its version is {body?.Version}, and this program knows {Version}");
    }

    private static ApiKey FromBody(ApiKeyBody body) =>
        ApiKeyText.IsId(body.Id)
        && ScopeNames.TryRead(body.Scopes, out var scopes)
        && body.Hash.Length == 2 * KeySet.HashLength
        && body.Hash.All(char.IsAsciiHexDigit)
            ? new ApiKey
            {
                Id = body.Id,
                Name = body.Name,
                Scopes = scopes,
                Created = body.Created,
                Expires = body.Expires,
                Revoked = body.Revoked,
                Hash = Convert.FromHexString(body.Hash),
            }
            : throw Damaged("an id, a scope or a hash in it is none");

    private static ApiKeyBody ToBody(ApiKey key) =>
        new()
        {
            Id = key.Id,
            Name = key.Name,
            Scopes = ScopeNames.Of(key.Scopes),
            Created = key.Created,
            Expires = key.Expires,
            Revoked = key.Revoked,
            Hash = Convert.ToHexStringLower(key.Hash),
        };

    private static ApiKeyFileException Damaged(string how) =>
        new($"{ListName} is damaged ({how}): restore it, or remove it and make new keys");

    private string PathOf(string name) => Path.Combine(Directory, name);

    private byte[]? ReadBytes(string name, int longest)
    {
        try
        {
            return OwnerFile.Read(PathOf(name), name, longest);
        }
        catch (IdentityException exception)
        {
            throw new ApiKeyFileException(exception.Message);
        }
    }
}
