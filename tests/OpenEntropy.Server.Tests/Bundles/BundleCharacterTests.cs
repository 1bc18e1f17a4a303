using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenEntropy.Pqc.Containers;
using OpenEntropy.Server.Bundles;
using Xunit;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>Characters are counted as Unicode does, by code points, and stand in a bundle without escapes but the three that docs/pqc.md names.</summary>
public sealed partial class BundleCharacterTests : BundlePoolTests
{
    // One code point, two units of UTF-16 of which the first is common to many.
    private const string Key = "\U0001F511";
    private const string SixKeys = "\U0001F511\U0001F512\U0001F513\U0001F514\U0001F515\U0001F516";

    [Theory]
    [InlineData(BundleRequest.LongestRequester, BundleRequest.LongestPurpose, null)]
    [InlineData(BundleRequest.LongestRequester + 1, 1, "requester must be a text of 1 to 128 characters without control characters")]
    [InlineData(1, BundleRequest.LongestPurpose + 1, "purpose must be a text of 1 to 256 characters without control characters")]
    public async Task Post_TextsBeyondTheBasicPlane_AreCountedByCodePoints(int requester, int purpose, string? refusal)
    {
        await using var host = await BundlesAsync();
        using var schema = JsonDocument.Parse(await host.Client.GetStringAsync("/api/v1/pqc/bundle.schema.json"));

        using var answer = await host.PostAsync($$"""{"requester":"{{Repeat(Key, requester)}}","purpose":"{{Repeat(Key, purpose)}}"}""");

        if (refusal is not null)
        {
            Assert.Equal(refusal, await BundleHost.RefusalAsync(answer, HttpStatusCode.BadRequest));
            return;
        }

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        using var bundle = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(Repeat(Key, requester), bundle.RootElement.GetProperty("bundle").GetProperty("requester").GetString());
        Assert.Empty(new SchemaCheck(schema.RootElement).Check(bundle.RootElement));
    }

    [Theory]
    [InlineData(PassphraseRule.Shortest, true)]
    [InlineData(PassphraseRule.Shortest - 1, false)]
    [InlineData(PassphraseRule.Longest, true)]
    [InlineData(PassphraseRule.Longest + 1, false)]
    public void WhyNot_PassphraseBeyondTheBasicPlane_HasItsLengthInCodePoints(int length, bool isTaken) =>
        Assert.Equal(
            isTaken ? null : "a passphrase has 12 to 1024 characters",
            PassphraseRule.WhyNot(SixKeys + Repeat(Key, length - PassphraseRule.LeastDifferent))
        );

    // Five keys are six different units of UTF-16.
    [Fact]
    public void WhyNot_PassphraseOfFiveCharactersBeyondTheBasicPlane_IsRefused() =>
        Assert.Equal(
            "a passphrase has at least 6 different characters",
            PassphraseRule.WhyNot(SixKeys[2..] + Repeat(SixKeys[2..4], PassphraseRule.Shortest))
        );

    [Fact]
    public async Task Post_PassphraseBeyondTheBasicPlane_OpensTheKey()
    {
        await using var host = await BundlesAsync();

        var made = await host.MintAsync($$"""{"passphrase":"{{SixKeys}}{{SixKeys}}"}""");

        var pem = made["secret_keys"]![0]!["encrypted_pem"]!.GetValue<string>();
        using var parts = PrivateKeyInfo.Read(
            EncryptedPrivateKeyInfo.Decrypt(Pem.Read(pem, EncryptedPrivateKeyInfo.PemLabel), SixKeys + SixKeys)
        );
        Assert.Equal(made["bundle"]!["keys"]![0]!["public_key"]!.GetValue<string>(), Convert.ToBase64String(parts.PublicKey.Span));
    }

    [Fact]
    public async Task Post_DefaultBundle_HasNoEscapesButThoseOfTheDocument()
    {
        await using var host = await BundlesAsync(options => options.Node = $"<{Key}>");

        var made = await host.MintAsync($$"""{"requester":"a\"b\\c\u00e9{{Key}}","purpose":"it's <{{Key}}> + \u2028"}""");

        var payload = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(made["payload"]!.GetValue<string>()));
        Assert.Equal(
            ["\\\"", "\\\\", "\\n"],
            Escape().Matches(payload).Select(each => each.Value).Distinct().Order(StringComparer.Ordinal)
        );
        Assert.Equal($"a\"b\\c\u00e9{Key}", made["bundle"]!["requester"]!.GetValue<string>());
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    [GeneratedRegex(@"\\(?:u[0-9A-Fa-f]{4}|.)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escape();
}
