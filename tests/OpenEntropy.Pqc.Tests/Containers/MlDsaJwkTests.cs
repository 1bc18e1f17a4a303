using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenEntropy.Pqc.Containers;
using OpenEntropy.Pqc.MlDsa;
using OpenEntropy.Pqc.Tests.MlDsa;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Containers;

public class MlDsaJwkTests
{
    public static TheoryData<string> Sets => [.. MlDsaParameters.All.Select(parameters => parameters.Name)];

    // RFC 9964, A.1: the key of ML-DSA-44 whose seed is zero, and its thumbprint.
    [Fact]
    public void Thumbprint_KeyOfTheStandardsExample_IsItsKid()
    {
        using var key = MlDsaPrivateKey.FromSeed(MlDsaParameters.MlDsa44, new byte[32]);
        var jwk = JsonNode.Parse(Private(key))!;

        Assert.Equal("T4xl70S7MT6Zeq6r9V9fPJGVn76wfnXJ21-gyo0Gu6o", MlDsaJwk.Thumbprint(key.PublicKey));
        Assert.Equal("T4xl70S7MT6Zeq6r9V9fPJGVn76wfnXJ21-gyo0Gu6o", (string?)jwk["kid"]);
        Assert.Equal("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", (string?)jwk["priv"]);
        Assert.StartsWith("unH59k4Ru", (string?)jwk["pub"], StringComparison.Ordinal);
        Assert.EndsWith("DZgbTP07e7gEWzw4MFRrndjbDQ", (string?)jwk["pub"], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Read_Written_GivesTheKey(string name)
    {
        using var key = KeyOf(name);
        using var again = MlDsaJwk.ReadPrivateKey(Private(key));

        Assert.True(again.PublicKey.IsSame(key.PublicKey));
        Assert.Equal(key.SignDeterministically([1], []), again.SignDeterministically([1], []));
        Assert.True(MlDsaJwk.ReadPublicKey(Public(key)).IsSame(key.PublicKey));
        Assert.Equal(["kty", "alg", "kid", "pub"], Members(Public(key)));
        Assert.Equal(["kty", "alg", "kid", "pub", "priv"], Members(Private(key)));
    }

    [Theory]
    [InlineData("kty", "\"RSA\"", "The member kty of the JWK is not AKP.")]
    [InlineData("kty", null, "The JWK has no text as its member kty.")]
    [InlineData("alg", "\"ML-DSA-66\"", "The member alg of the JWK is none of ML-DSA.")]
    [InlineData("alg", "\"ML-DSA-87\"", "The member pub of the JWK has 2592 bytes, not 1952.")]
    [InlineData("alg", "5", "The JWK has no text as its member alg.")]
    [InlineData("pub", "\"AA\"", "The member pub of the JWK has 1952 bytes, not 1.")]
    [InlineData("pub", "\"A\"", "The member pub of the JWK is not base64url.")]
    [InlineData("pub", "\"AA==\"", "The member pub of the JWK is not base64url.")]
    [InlineData("pub", "\"AB\"", "The member pub of the JWK is not base64url.")]
    [InlineData("pub", "\"A A\"", "The member pub of the JWK is not base64url.")]
    [InlineData("pub", "\"\\uD800\"", "The JWK is not JSON.")]
    [InlineData("priv", "\"AAAA\"", "The member priv of the JWK has 32 bytes, not 3.")]
    [InlineData("priv", "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"", "The member pub of the JWK is not the public key of priv.")]
    [InlineData("priv", null, "The JWK has no text as its member priv.")]
    public void ReadPrivateKey_MemberAltered_IsNamed(string member, string? value, string message)
    {
        using var key = KeyOf("ML-DSA-65");
        var text = Encoding.UTF8.GetString(Private(key));
        var original = $"\"{member}\":{JsonNode.Parse(text)![member]!.ToJsonString()}";
        var altered = value is null
            ? text.Replace(original, "\"other\":1", StringComparison.Ordinal)
            : text.Replace(original, $"\"{member}\":{value}", StringComparison.Ordinal);
        Assert.NotEqual(text, altered);

        Assert.Equal(message, Assert.Throws<KeyFormatException>(() => MlDsaJwk.ReadPrivateKey(Encoding.UTF8.GetBytes(altered))).Message);
    }

    [Theory]
    [InlineData("[]", "The JWK is not an object.")]
    [InlineData("{", "The JWK is not JSON.")]
    [InlineData("", "The JWK is not JSON.")]
    [InlineData("{\"kty\":\"AKP\",\"kty\":\"AKP\"}", "The JWK is not JSON.")]
    public void ReadPublicKey_NoObject_IsNamed(string json, string message) =>
        Assert.Equal(message, Assert.Throws<KeyFormatException>(() => MlDsaJwk.ReadPublicKey(Encoding.UTF8.GetBytes(json))).Message);

    [Fact]
    public void ReadPublicKey_PrivateKey_IsRefused()
    {
        using var key = KeyOf("ML-DSA-44");

        var refusal = Assert.Throws<KeyFormatException>(() => MlDsaJwk.ReadPublicKey(Private(key)));
        Assert.Equal("The JWK is a private key, not a public one.", refusal.Message);
    }

    [Fact]
    public void Write_KeyWithoutSeed_IsRefused()
    {
        using var key = KeyOf("ML-DSA-44");
        var expanded = new byte[key.Parameters.ExpandedKeyBytes];
        key.ExportExpanded(expanded);
        using var withoutSeed = MlDsaPrivateKey.FromExpanded(key.Parameters, expanded);

        Assert.Throws<InvalidOperationException>(() => Private(withoutSeed));
    }

    private static List<string> Members(byte[] json) => [.. JsonNode.Parse(json)!.AsObject().Select(member => member.Key)];

    private static byte[] Public(MlDsaPrivateKey key) => Written(writer => MlDsaJwk.Write(writer, key.PublicKey));

    private static byte[] Private(MlDsaPrivateKey key) => Written(writer => MlDsaJwk.Write(writer, key));

    private static byte[] Written(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            write(writer);
        return stream.ToArray();
    }

    private static MlDsaPrivateKey KeyOf(string name) =>
        MlDsaPrivateKey.Generate(MlDsaParameters.All.Single(parameters => parameters.Name == name), new ScriptedBytes($"jwk {name}").Fill);
}
