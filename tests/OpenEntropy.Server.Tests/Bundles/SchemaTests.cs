using System.Text.Json;
using Xunit;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>The schema that is served holds for what is served, and for nothing altered.</summary>
public sealed class SchemaTests : BundlePoolTests
{
    [Theory]
    [InlineData("")]
    [InlineData("{\"algorithms\":[\"ML-KEM-512\",\"ML-DSA-44\",\"Falcon-512\",\"Kyber512-round3\"],\"requester\":\"r\",\"purpose\":\"p\"}")]
    [InlineData("{\"algorithms\":[\"ML-DSA-65\"],\"encodings\":[\"hex\",\"pem\",\"jwk\"]}")]
    [InlineData("{\"passphrase\":\"correct horse battery\",\"store\":true}")]
    [InlineData("{\"passphrase\":\"correct horse battery\",\"store\":true,\"secret_keys\":\"withheld\"}")]
    public async Task Get_Schema_HoldsForABundle(string body)
    {
        await using var host = await BundlesAsync();
        using var schema = JsonDocument.Parse(await host.Client.GetStringAsync("/api/v1/pqc/bundle.schema.json"));
        using var bundle = JsonDocument.Parse((await host.MintAsync(body)).ToJsonString());

        Assert.Empty(new SchemaCheck(schema.RootElement).Check(bundle.RootElement));
    }

    [Theory]
    [InlineData("\"version\":1,", "\"version\":2,")]
    [InlineData("\"kind\":\"kem\"", "\"kind\":\"kex\"")]
    [InlineData("\"signatures\":[", "\"signatures\":[{},")]
    [InlineData("\"node\":null", "\"node\":0")]
    [InlineData("\"payload\":", "\"pay\":")]
    public async Task Get_Schema_DoesNotHoldForAnAlteredBundle(string text, string altered)
    {
        await using var host = await BundlesAsync();
        using var schema = JsonDocument.Parse(await host.Client.GetStringAsync("/api/v1/pqc/bundle.schema.json"));
        var whole = (await host.MintAsync()).ToJsonString();
        using var bundle = JsonDocument.Parse(whole.Replace(text, altered, StringComparison.Ordinal));

        Assert.Contains(text, whole, StringComparison.Ordinal);
        Assert.NotEmpty(new SchemaCheck(schema.RootElement).Check(bundle.RootElement));
    }
}
