using System.Security.Cryptography;
using System.Text;
using OpenEntropy.Server.Security;
using OpenEntropy.Server.Security.Keys;

namespace OpenEntropy.Fuzz.Parsers.Targets;

/// <summary>The files of the service's API keys, as the service and the command that makes keys read them.</summary>
internal static class ApiKeyTargets
{
    private const string Id = "abcdefghij";
    private const string Text = $"oe_{Id}_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static readonly string s_folder = Directory.CreateTempSubdirectory("openentropy-fuzz-").FullName;
    private static readonly byte[] s_hashKey = [.. Enumerable.Range(0, ApiKeyFiles.HashKeyLength).Select(i => (byte)i)];
    private static readonly byte[] s_hash = HMACSHA256.HashData(s_hashKey, Encoding.UTF8.GetBytes(Text));
    private static readonly DateTimeOffset s_made = DateTimeOffset.UnixEpoch.AddYears(56);
    private static readonly DateTimeOffset s_now = s_made.AddDays(10);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ParserTarget> All { get; } =
    [
        new("api_keys", ReadList, List(Key(Id)), List(Key(Id), Key("klmnopqrst") with { Expires = s_made, Revoked = s_made }), List())
        {
            Refusals = [typeof(ApiKeyFileException)],
            Pieces = ["\"version\": 2", "\"keys\": null", "null", "\"scopes\": []", "\"operate\"", "9999-12-31T23:59:59.9999999+14:00", Id],
            Cost = 10,
        },
        new("api_keys_used", ReadUses, Uses()) { Pieces = ["null", "9999-12-31T23:59:59.9999999+14:00", Id], Cost = 10 },
    ];

    // Whoever has the key of the corpus is let in by a list that has it, its hash and its time, and by no other.
    private static void ReadList(byte[] json)
    {
        var files = Mine("list");
        Put(files, ApiKeyFiles.HashKeyName, s_hashKey);
        Put(files, ApiKeyFiles.ListName, json);
        if (files.Read() is not { } keys)
            throw new BrokenRuleException("a list that is there is taken for missing");

        BrokenRuleException.Unless(
            keys.All.Select(key => key.Id).Distinct(StringComparer.Ordinal).Count() == keys.All.Count,
            "an id stands there twice"
        );
        BrokenRuleException.Unless(
            keys.All.All(key => ApiKeyText.IsId(key.Id) && key.Scopes != Scopes.None && key.Hash.Length == KeySet.HashLength),
            "a key has no id, no scope or no hash"
        );
        var utf8 = Encoding.UTF8.GetBytes(Text);
        var expected = keys.All.SingleOrDefault(key => key.Id == Id && key.IsGood(s_now) && key.Hash.AsSpan().SequenceEqual(s_hash));
        BrokenRuleException.Unless(
            ReferenceEquals(keys.Find(Text, utf8, SHA256.HashData(utf8), s_now), expected),
            "another key is let in than the list has"
        );
    }

    // What cannot be read is not known.
    private static void ReadUses(byte[] json)
    {
        var files = Mine("uses");
        Put(files, ApiKeyFiles.UsesName, json);
        _ = files.ReadUses();
    }

    private static byte[] List(params ApiKey[] keys)
    {
        var files = Mine("made");
        files.Write(new KeySet(s_hashKey, keys));
        return File.ReadAllBytes(Path.Combine(files.Directory, ApiKeyFiles.ListName));
    }

    private static byte[] Uses()
    {
        var files = Mine("made");
        files.WriteUses(new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal) { [Id] = s_made, ["klmnopqrst"] = s_now });
        return File.ReadAllBytes(Path.Combine(files.Directory, ApiKeyFiles.UsesName));
    }

    private static ApiKey Key(string id) =>
        new()
        {
            Id = id,
            Name = "a client",
            Scopes = Scopes.Random | Scopes.Mint,
            Created = s_made,
            Expires = s_made.AddYears(1),
            Hash = s_hash,
        };

    private static ApiKeyFiles Mine(string name) =>
        new(Directory.CreateDirectory(Path.Combine(s_folder, $"{name}-{Environment.CurrentManagedThreadId}")).FullName);

    // For its owner alone: another file is refused before it is read.
    private static void Put(ApiKeyFiles files, string name, byte[] content)
    {
        var path = Path.Combine(files.Directory, name);
        File.WriteAllBytes(path, content);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
