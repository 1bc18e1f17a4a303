using System.Diagnostics;
using System.Text.Json.Nodes;
using OpenEntropy.Pqc.Containers;
using OpenEntropy.Pqc.Tests.Npm;
using OpenEntropy.Server.Tests.Receipts;
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

    // As docs/pqc.md says. Before 3.5 openssl decrypts, and then complains of the algorithm that it found there.
    [ToolFact("openssl")]
    public async Task Stored_ByTheMachinesOpenSsl_IsOpenedByThePassphraseAlone()
    {
        await using var host = await BundlesAsync();
        var file = Path.Combine(Storage, "key.pem");
        await File.WriteAllTextAsync(file, EncryptedPem(await FileAsync(await host.MintAsync(Body))));

        var (code, text) = await RunAsync("openssl", "pkey", "-in", file, "-passin", $"pass:{Phrase}");
        var (wrongCode, wrong) = await RunAsync("openssl", "pkey", "-in", file, "-passin", $"pass:{Phrase}x");

        const string MlKem768 = "2.16.840.1.101.3.4.4.2";
        Assert.True(
            code == 0 ? text.Contains("BEGIN PRIVATE KEY", StringComparison.Ordinal) : text.Contains(MlKem768, StringComparison.Ordinal),
            text
        );
        Assert.NotEqual(0, wrongCode);
        Assert.DoesNotContain(MlKem768, wrong, StringComparison.Ordinal);
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

    private static async Task<(int Code, string Text)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (text, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await text + await error);
    }
}
