using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Pqc.Containers;
using Xunit;

namespace OpenEntropy.Server.Tests.Documentation;

/// <summary>The bundle that the document shows is one: it verifies, it is what the request beside it asks for, and the answers about it are about it.</summary>
public sealed partial class ExampleBundleTests
{
    private const string Mint = "post_api_v1_pqc_bundles";
    private const string Get = "get_api_v1_pqc_bundles_by_id";
    private const string Verify = "post_api_v1_pqc_bundles_verify";

    private static readonly JsonElement s_bundle = KeptDocument.Request(Verify);

    [Fact]
    public void Example_Bundle_IsValidAndTheVerificationShownIsIts()
    {
        var verification = BundleVerifier.Verify(Utf8(s_bundle));
        var shown = KeptDocument.Answer(Verify, 200);

        Assert.True(verification.IsValid, string.Join(' ', verification.Checks));
        Assert.True(shown.GetProperty("valid").GetBoolean());
        Assert.Equal(
            verification.Checks.Select(each => (each.Name, each.Ok, each.Detail)),
            shown
                .GetProperty("checks")
                .EnumerateArray()
                .Select(each => (Text(each, "name"), each.GetProperty("ok").GetBoolean(), Text(each, "detail")))
        );
    }

    [Fact]
    public void Example_Answers_AreOfThisBundle()
    {
        var made = JsonNode.Parse(Utf8(KeptDocument.Answer(Mint, 201)))!.AsObject();
        made.Remove("secret_keys");

        Assert.True(JsonNode.DeepEquals(made, JsonNode.Parse(Utf8(s_bundle))));
        Assert.Equal(s_bundle.GetRawText(), KeptDocument.Answer(Mint, 200).GetRawText(), ignoreWhiteSpaceDifferences: true);
        Assert.Equal(s_bundle.GetRawText(), KeptDocument.Answer(Get, 200).GetRawText(), ignoreWhiteSpaceDifferences: true);
        var listed = KeptDocument.Answer("get_api_v1_pqc_bundles", 200).GetProperty("bundles").EnumerateArray();
        Assert.Contains(Text(Bundle, "id"), listed.Select(each => Text(each, "id")));
        Assert.Equal(
            KeyIds(Bundle.GetProperty("signer")),
            KeyIds(KeptDocument.Answer("get_api_v1_pqc_identity", 200).GetProperty("identities")[0].GetProperty("keys"))
        );
    }

    [Fact]
    public void Example_Request_IsTheOneThatWasAnswered()
    {
        var asked = KeptDocument.Request(Mint);
        var noted = Bundle.GetProperty("request");
        var secret = KeptDocument.Answer(Mint, 201).GetProperty("secret_keys")[0];

        Assert.Equal((Text(asked, "requester"), Text(asked, "purpose")), (Text(Bundle, "requester"), Text(Bundle, "purpose")));
        Assert.Equal(Texts(asked, "algorithms"), Texts(noted, "algorithms"));
        Assert.Equal(Texts(asked, "encodings"), Texts(noted, "encodings"));
        Assert.Equal(asked.GetProperty("store").GetBoolean(), noted.GetProperty("stored").GetBoolean());
        using var parts = PrivateKeyInfo.Read(
            EncryptedPrivateKeyInfo.Decrypt(
                Pem.Read(Text(secret, "encrypted_pem"), EncryptedPrivateKeyInfo.PemLabel),
                Text(asked, "passphrase")
            )
        );
        Assert.Equal(Text(Bundle.GetProperty("keys")[0], "public_key"), Convert.ToBase64String(parts.PublicKey.Span));
    }

    [Fact]
    public void Example_Evidence_HasEverySelfTestAndNumbersAsTheDocumentSays()
    {
        var tests = Bundle.GetProperty("evidence").GetProperty("self_tests").EnumerateArray();

        Assert.Equal(
            BundleSelfTest.Run(),
            tests.Select(each => new BundleCheck(Text(each, "name"), each.GetProperty("ok").GetBoolean(), Text(each, "detail")))
        );
        var numbers = Numbers(Bundle).ToList();
        Assert.True(numbers.Count > 50);
        Assert.All(numbers, number => Assert.Matches(Plain(), number));
        Assert.All(numbers, number => Assert.InRange(number.TrimStart('-', '0', '.').Count(char.IsAsciiDigit), 0, 15));
    }

    private static JsonElement Bundle => s_bundle.GetProperty("bundle");

    private static byte[] Utf8(JsonElement element) => JsonSerializer.SerializeToUtf8Bytes(element);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static IEnumerable<string> Texts(JsonElement element, string name) =>
        element.GetProperty(name).EnumerateArray().Select(each => each.GetString()!);

    private static IEnumerable<string> KeyIds(JsonElement keys) => keys.EnumerateArray().Select(key => Text(key, "kid"));

    private static IEnumerable<string> Numbers(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Numbers(member.Value)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Numbers),
            JsonValueKind.Number => [element.GetRawText()],
            _ => [],
        };

    [GeneratedRegex("^-?[0-9]+(?:\\.[0-9]+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Plain();
}
