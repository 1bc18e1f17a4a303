using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenEntropy.Pqc.Bundles;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Bundles;

public sealed class BundleVerifierTests
{
    private const KeyEncodings Every = KeyEncodings.Hex | KeyEncodings.Pem | KeyEncodings.Jwk;

    [Fact]
    public void Verify_EveryAlgorithmInEveryForm_IsValid()
    {
        foreach (var algorithm in BundleAlgorithm.All)
        {
            var verification = BundleVerifier.Verify(BundleMaker.Document(Every, algorithm.Name));

            Assert.True(verification.IsValid, string.Join(' ', verification.Checks));
            Assert.Equal(5, verification.Checks.Count);
            Assert.Equal("0123456789abcdef0123456789abcdef", verification.Id);
            Assert.True(verification.Signer!.IsSame(BundleMaker.Identity.Value.Public));
        }
    }

    [Fact]
    public void Verify_AnyByteAltered_IsNeverValidAndSaysWhere()
    {
        var document = BundleMaker.Document(KeyEncodings.Hex, "ML-KEM-512");
        const int Stride = 11; // coprime to the lengths of base64's groups and of escapes
        for (var i = 0; i < document.Length; i += Stride)
        {
            var altered = document.ToArray();
            altered[i] ^= 1;
            try
            {
                var verification = BundleVerifier.Verify(altered);
                Assert.False(verification.IsValid, $"byte {i}");
                Assert.All(verification.Checks.Where(check => !check.Ok), check => Assert.NotEmpty(check.Detail));
            }
            catch (BundleFormatException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        }
    }

    [Theory]
    [InlineData("bundle", "/bundle/keys/0/public_key_hex", "bundle/keys/0/public_key_hex is not what payload has there")]
    [InlineData("bundle", "/bundle/requester", "bundle/requester is not what payload has there")]
    [InlineData("bundle", "/bundle/evidence/pool/ratio", "bundle/evidence/pool/ratio is not what payload has there")]
    [InlineData("signatures/0", "/signatures/0/signature", "signatures/0/signature is not ML-DSA-65's of this payload")]
    [InlineData("signatures/1", "/signatures/1/signature", "signatures/1/signature is not x-falcon-padded-512's of this payload")]
    public void Verify_AlteredMember_IsNamed(string check, string place, string detail)
    {
        var document = JsonNode.Parse(BundleMaker.Document(KeyEncodings.Hex, "ML-KEM-512"))!;
        var path = place.Split('/')[1..];
        var parent = path[..^1].Aggregate(document, (node, name) => int.TryParse(name, out var index) ? node[index]! : node[name]!);
        parent[path[^1]] = check.StartsWith("signatures", StringComparison.Ordinal)
            ? Altered(parent[path[^1]]!.GetValue<string>())
            : "other";

        var verification = BundleVerifier.Verify(Encoding.UTF8.GetBytes(document.ToJsonString()));

        Assert.Equal([new BundleCheck(check, Ok: false, detail)], verification.Checks.Where(each => !each.Ok));
    }

    // As programs do that pass JSON on: jq, say, writes a number with 17 digits.
    [Fact]
    public void Verify_NumbersWrittenAnew_IsValid()
    {
        var document = JsonNode.Parse(BundleMaker.Document(KeyEncodings.Hex, "ML-KEM-512"))!;
        var pool = document["bundle"]!["evidence"]!["pool"]!;
        var ratio = pool["ratio"]!.GetValue<double>();
        pool["ratio"] = JsonNode.Parse(ratio.ToString("E16", CultureInfo.InvariantCulture));
        Assert.True(BundleVerifier.Verify(Encoding.UTF8.GetBytes(document.ToJsonString())).IsValid);

        pool["ratio"] = JsonNode.Parse(Math.BitIncrement(ratio).ToString("R", CultureInfo.InvariantCulture));
        Assert.False(BundleVerifier.Verify(Encoding.UTF8.GetBytes(document.ToJsonString())).IsValid);
    }

    [Theory]
    [InlineData("1", "1.0", true)]
    [InlineData("1e2", "100", true)]
    [InlineData("0.1", "0.10000000000000001", true)]
    [InlineData("0.1", "0.1000000000000001", false)]
    [InlineData("9007199254740993", "9007199254740992", false)]
    [InlineData("12345678901234567890", "12345678901234567891", false)]
    [InlineData("1e400", "1e401", false)]
    [InlineData("0.123456789012345", "0.12345678901234500", true)]
    [InlineData("0.123456789012345", "0.123456789012346", false)]
    [InlineData("0.00001", "1e-05", true)]
    [InlineData("1E-05", "1e-05", false)]
    [InlineData("0.12345678901234567", "0.12345678901234568", false)]
    [InlineData("9007199254740991", "9.007199254740991e15", true)]
    [InlineData("0", "-0", false)]
    [InlineData("\"\\u00AD\"", "\"\u00AD\"", true)]
    [InlineData("\"\\u00AD\"", "\"\\u00ad\"", false)]
    [InlineData("\"a\"", "\"A\"", false)]
    [InlineData("true", "false", false)]
    [InlineData("null", "0", false)]
    public void Find_TwoValues_TellsWhetherTheyMeanTheSame(string first, string second, bool isSame)
    {
        using var one = JsonDocument.Parse(first);
        using var other = JsonDocument.Parse(second);

        Assert.Equal(isSame ? null : "", JsonDifference.Find(one.RootElement, other.RootElement));
    }

    [Theory]
    [InlineData("{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", null)]
    [InlineData("{\"a\":1,\"b\":2}", "{\"a\":1}", "/b")]
    [InlineData("{\"a\":1}", "{\"a\":1,\"b/~\":2}", "/b~1~0")]
    [InlineData("{\"a\":[1,{\"b\":[]}]}", "{\"a\":[1,{\"b\":[0]}]}", "/a/1/b")]
    [InlineData("[1,2]", "[1,3]", "/1")]
    public void Find_ObjectsAndArrays_SaysWhere(string first, string second, string? where)
    {
        using var one = JsonDocument.Parse(first);
        using var other = JsonDocument.Parse(second);

        Assert.Equal(where, JsonDifference.Find(one.RootElement, other.RootElement));
    }

    // As long as the service takes, and more. Time by the square of the length would be minutes here, not a part of a second.
    [Theory]
    [InlineData("{", "\"#\":{}", "}")]
    [InlineData("[", "[#]", "]")]
    public async Task Find_VeryManyMembers_TakesTimeInProportion(string open, string member, string close)
    {
        const int Members = 200_000;
        var members = Enumerable
            .Range(0, Members)
            .Select(i => member.Replace("#", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        var text = $"{open}{string.Join(',', members)}{close}";
        using var one = JsonDocument.Parse(text, JsonText.Strict);
        using var other = JsonDocument.Parse(text, JsonText.Strict);

        Assert.Null(await Task.Run(() => JsonDifference.Find(one.RootElement, other.RootElement)).WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void Verify_PayloadThatIsNoBundle_IsNotComparedWithItsCopy()
    {
        var payload = Convert.ToBase64String("{\"a\":1}"u8).TrimEnd('=');
        var document = Encoding.UTF8.GetBytes($$"""{"bundle":{"b":2},"payload":"{{payload}}","signatures":[]}""");

        Assert.Equal("format", Assert.Single(BundleVerifier.Verify(document).Checks).Name);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"bundle\":{},\"payload\":\"\",\"signatures\":{}}")]
    [InlineData("{\"bundle\":{},\"payload\":\"=\",\"signatures\":[]}")]
    [InlineData("{\"bundle\":{},\"payload\":1,\"signatures\":[]}")]
    [InlineData("{\"bundle\":{},\"bundle\":{},\"payload\":\"e30\",\"signatures\":[]}")]
    [InlineData("{\"bundle\":{},\"payload\":\"e30\",\"signatures\":[1]}")]
    [InlineData("{\"bundle\":{},\"payload\":\"e30\",\"signatures\":[{\"protected\":\"\",\"signature\":\"\\ud800\"}]}")]
    [InlineData("{\"bundle\":{},\"payload\":\"e30\",\"signatures\":[],\"secret_keys\":[]}")]
    public void Verify_NoBundle_IsRefused(string document) =>
        Assert.Throws<BundleFormatException>(() => BundleVerifier.Verify(Encoding.UTF8.GetBytes(document)));

    [Theory]
    [InlineData("e30", "format")]
    [InlineData("e3", "payload")]
    [InlineData("W10", "format")]
    public void Verify_PayloadThatSaysNothing_IsNotValid(string payload, string check)
    {
        var document = Encoding.UTF8.GetBytes($$"""{"bundle":{},"payload":"{{payload}}","signatures":[]}""");
        if (payload == "e3")
        {
            Assert.Throws<BundleFormatException>(() => BundleVerifier.Verify(document));
            return;
        }

        Assert.Contains(BundleVerifier.Verify(document).Checks, each => !each.Ok && each.Name == check);
    }

    private static string Altered(string text) => (text[0] == 'A' ? 'B' : 'A') + text[1..];
}
