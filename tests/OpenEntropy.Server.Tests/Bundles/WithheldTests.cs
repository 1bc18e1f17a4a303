using System.Text.Json.Nodes;
using OpenEntropy.Pqc.Containers;
using OpenEntropy.Pqc.Tests.Npm;
using Xunit;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>Secret keys that go to the ledger and into no answer, and what the operator opens them with.</summary>
public sealed class WithheldTests : BundlePoolTests
{
    private const string Body = $$"""{"algorithms":["ML-KEM-768"],"passphrase":"{{Phrase}}","store":true,"secret_keys":"withheld"}""";

    [Fact]
    public async Task Post_Withheld_AnswersThePublicPartAndStoresTheEncryptedKeys()
    {
        await using var host = await BundlesAsync();
        var made = await host.MintAsync(Body);
        var file = await FileAsync(made);
        var again = await host.MintAsync(Body.Replace(",\"secret_keys\":\"withheld\"", "", StringComparison.Ordinal));

        Assert.False(made.ContainsKey("secret_keys"));
        Assert.Equal("withheld", made["bundle"]!["request"]!["secret_keys"]!.GetValue<string>());
        Assert.Equal("encrypted", again["bundle"]!["request"]!["secret_keys"]!.GetValue<string>());
        var clear = EncryptedPrivateKeyInfo.Decrypt(Pem.Read(EncryptedPem(file), EncryptedPrivateKeyInfo.PemLabel), Phrase);
        using var parts = PrivateKeyInfo.Read(clear);
        Assert.Equal(made["bundle"]!["keys"]![0]!["public_key"]!.GetValue<string>(), Convert.ToBase64String(parts.PublicKey.Span));
    }

    [NewerNodeTheory]
    [InlineData("ml-kem-768")]
    public async Task Stored_ByOpenSslThatKnowsTheAlgorithm_IsTheKeyOfTheBundle(string type)
    {
        await using var host = await BundlesAsync();
        var made = await host.MintAsync(Body);
        using var script = new NodeScript("stored.mjs", NpmFolder.NewerNode);

        var opened = await script.AskAsync(new { pem = EncryptedPem(await FileAsync(made)), passphrase = Phrase });

        Assert.Equal(type, opened.GetProperty("type").GetString());
        Assert.Equal(
            made["bundle"]!["keys"]![0]!["public_key_pem"]!.GetValue<string>().ReplaceLineEndings("\n").Trim(),
            opened.GetProperty("publicPem").GetString()!.Trim()
        );
    }

    private static string EncryptedPem(JsonObject file) => file["secret_keys"]![0]!["encrypted_pem"]!.GetValue<string>();

    private async Task<JsonObject> FileAsync(JsonObject made) =>
        JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Keys, IdOf(made) + ".json")))!.AsObject();
}
