using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Pqc.Containers;
using Xunit;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>Secret keys go into the answer and nowhere else: in whatever form they were given, no file and no line of the log has them in any.</summary>
public sealed class MintSecretsTests : BundlePoolTests
{
    private const string Algorithms = "\"algorithms\":[\"ML-KEM-768\",\"ML-DSA-65\",\"Falcon-512\",\"Kyber512-round3\"]";
    private const string ChaosMagnet = BundleHost.Route + "?format=chaosmagnet";
    private const int PartBytes = 32;

    private static readonly JsonSerializerOptions s_relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task Post_SecretKeys_AreInNoFileAndNoLogInAnyForm()
    {
        await using var host = await BundlesAsync();
        var clear = await host.MintAsync($$"""{{{Algorithms}},"encodings":["base64"]}""");
        var stored = await host.MintAsync($$"""{{{Algorithms}},"passphrase":"{{Phrase}}","store":true}""");
        var encrypted = await host.MintAsync($$"""{{{Algorithms}},"passphrase":"{{Phrase}}"}""");
        var magnet = await host.MintAsync("""{"algorithms":["Kyber512-round3"]}""", path: ChaosMagnet);
        var closed = await host.MintAsync($$"""{"passphrase":"{{Phrase}}"}""", path: ChaosMagnet);

        byte[][] told =
        [
            .. SecretsOf(clear).SelectMany(key => new[] { key["seed"], key["secret_key"] }).OfType<JsonNode>().Select(Bytes),
            Convert.FromHexString(Text(magnet["kyber_sk"])),
        ];
        byte[][] underPassphrase =
        [
            .. SecretsOf(stored).Concat(SecretsOf(encrypted)).SelectMany(key => Open(key["algorithm"], key["encrypted_pem"])),
            .. Open(closed["type"], closed["kyber_sk"]),
        ];

        // Of four keys those of ML-KEM and ML-DSA have a seed beside.
        Assert.Equal((6 + 1, 6 + 6 + 2), (told.Length, underPassphrase.Length));

        // It is found where it is.
        var answers = clear.ToJsonString(s_relaxed) + magnet.ToJsonString();
        Assert.All(told.SelectMany(Parts), part => Assert.Contains(Forms(part), form => Has(answers, form)));

        var forms = told.Concat(underPassphrase).SelectMany(Parts).Append(Encoding.UTF8.GetBytes(Phrase)).SelectMany(Forms).ToList();
        foreach (var (name, text) in await TextsAsync(host))
        {
            Assert.False(forms.Exists(form => Has(text, form)), $"a secret is in {name}");
        }
    }

    private async Task<IReadOnlyList<(string Name, string Text)>> TextsAsync(BundleHost host)
    {
        var texts = new List<(string Name, string Text)> { ("the log", WithJoinedLines(host.Logs.Text)) };
        foreach (var file in Directory.GetFiles(Storage, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock"))
        {
            texts.Add((file, WithJoinedLines(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)))));
        }

        Assert.Equal(5, texts.Count(each => each.Name.StartsWith(Keys, StringComparison.Ordinal) && Has(each.Name, ".json")));
        Assert.Contains(texts, each => Has(each.Name, "bundles.json"));
        return texts;
    }

    // A line break, also one that is escaped, must not hide what stands on both its sides.
    private static string WithJoinedLines(string text) =>
        text + ' ' + text.Replace("\\n", "", StringComparison.Ordinal).ReplaceLineEndings("");

    private static bool Has(string text, string form) => text.Contains(form, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<JsonNode> SecretsOf(JsonObject answer) => answer["secret_keys"]!.AsArray().OfType<JsonNode>();

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static byte[] Bytes(JsonNode node) => Convert.FromBase64String(Text(node));

    private static IEnumerable<byte[]> Open(JsonNode? algorithm, JsonNode? pem)
    {
        var clear = EncryptedPrivateKeyInfo.Decrypt(Pem.Read(Text(pem), EncryptedPrivateKeyInfo.PemLabel), Phrase);
        if (BundleAlgorithm.Find(Text(algorithm))!.PrivateOid is { } oid)
        {
            return [UnregisteredPrivateKeyInfo.Read(oid, clear)];
        }

        using var parts = PrivateKeyInfo.Read(clear);
        return [parts.Seed.ToArray(), parts.ExpandedKey.ToArray()];
    }

    // Of an expanded key what is secret in all of them: behind what ML-DSA's repeats of the public key at its beginning, and the end.
    private static IEnumerable<byte[]> Parts(byte[] secret) =>
        secret.Length <= 2 * PartBytes ? secret.Chunk(PartBytes) : [secret[40..72], secret[200..232], secret[^PartBytes..]];

    // In base64 from each of three bytes on, as what stands before it may have any length.
    private static IEnumerable<string> Forms(byte[] part)
    {
        yield return Encoding.Latin1.GetString(part);
        yield return Convert.ToHexString(part);
        for (var skip = 0; skip < 3; skip++)
        {
            var whole = part.AsSpan(skip, (part.Length - skip) / 3 * 3).ToArray();
            yield return Convert.ToBase64String(whole);
            yield return Base64Url.EncodeToString(whole);
        }
    }
}
