using System.Net;
using OpenEntropy.Server.Bundles;
using Xunit;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>What a request for a bundle cannot be, and storage that is not as it must be: no bundle is made, nothing is left, and randomness goes on.</summary>
public sealed class MintRefusalTests : BundlePoolTests
{
    [Theory]
    [InlineData("[]", "the body must be one JSON object")]
    [InlineData("{", "the body must be one JSON object")]
    [InlineData("{} {}", "the body must be one JSON object")]
    [InlineData("{\"requester\":\"\\ud800\"}", "requester must be well-formed Unicode: it has half of a surrogate pair, or is not UTF-8")]
    [InlineData("{\"purpose\":\"a\\udc00\"}", "purpose must be well-formed Unicode: it has half of a surrogate pair, or is not UTF-8")]
    [InlineData(
        "{\"algorithms\":[\"\\ud800\"]}",
        "algorithms must be well-formed Unicode: it has half of a surrogate pair, or is not UTF-8"
    )]
    [InlineData(
        "{\"passphrase\":\"correct horse \\ud800\"}",
        "passphrase must be well-formed Unicode: it has half of a surrogate pair, or is not UTF-8"
    )]
    [InlineData("{\"\\ud800\":1}", "the body must be one JSON object")]
    [InlineData(
        "{\"algorithm\":1}",
        "unknown member 'algorithm': known are algorithms, encodings, requester, purpose, passphrase, secret_keys, store"
    )]
    [InlineData("{\"store\":false,\"store\":false}", "store must be given once")]
    [InlineData("{\"store\":1}", "store must be true or false")]
    [InlineData("{\"store\":true}", "secret keys are stored only under a passphrase: give one, or do not store")]
    [InlineData("{\"secret_keys\":\"none\"}", "secret_keys must be one of clear, encrypted, withheld")]
    [InlineData("{\"secret_keys\":null}", "secret_keys must be one of clear, encrypted, withheld")]
    [InlineData("{\"secret_keys\":\"encrypted\"}", "secret keys are encrypted under a passphrase: give one")]
    [InlineData(
        "{\"secret_keys\":\"clear\",\"passphrase\":\"correct horse battery\"}",
        "secret keys in clear have no passphrase: leave one of them out"
    )]
    [InlineData(
        "{\"secret_keys\":\"withheld\",\"passphrase\":\"correct horse battery\"}",
        "secret keys are withheld only where they are stored: give store and a passphrase"
    )]
    [InlineData("{\"secret_keys\":\"withheld\"}", "secret keys are withheld only where they are stored: give store and a passphrase")]
    [InlineData("{\"algorithms\":[]}", "algorithms must be an array of 1 to 8 texts")]
    [InlineData("{\"algorithms\":\"ML-KEM-768\"}", "algorithms must be an array of 1 to 8 texts")]
    [InlineData("{\"algorithms\":[1]}", "algorithms must be an array of 1 to 8 texts")]
    [InlineData("{\"algorithms\":[\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\"]}", "algorithms must be an array of 1 to 8 texts")]
    [InlineData(
        "{\"algorithms\":[\"FN-DSA-512\"]}",
        "there is no algorithm 'FN-DSA-512': known are ML-KEM-512, ML-KEM-768, ML-KEM-1024, ML-DSA-44, ML-DSA-65, ML-DSA-87, Falcon-512, Falcon-1024, Kyber512-round3"
    )]
    [InlineData("{\"encodings\":[\"der\"]}", "there is no encoding 'der': known are base64, hex, pem, jwk")]
    [InlineData(
        "{\"encodings\":[\"jwk\"]}",
        "ML-KEM-768 has no standard for all of these encodings: pem is for ML-KEM and ML-DSA, jwk for ML-DSA"
    )]
    [InlineData(
        "{\"algorithms\":[\"Falcon-512\"],\"encodings\":[\"pem\"]}",
        "Falcon-512 has no standard for all of these encodings: pem is for ML-KEM and ML-DSA, jwk for ML-DSA"
    )]
    [InlineData("{\"requester\":\"\"}", "requester must be a text of 1 to 128 characters without control characters")]
    [InlineData("{\"requester\":\"a\\nb\"}", "requester must be a text of 1 to 128 characters without control characters")]
    [InlineData("{\"requester\":null}", "requester must be a text of 1 to 128 characters without control characters")]
    [InlineData("{\"purpose\":7}", "purpose must be a text of 1 to 256 characters without control characters")]
    [InlineData("{\"passphrase\":true}", "passphrase must be a text")]
    [InlineData("{\"passphrase\":\"short\"}", "a passphrase has 12 to 1024 characters")]
    [InlineData("{\"passphrase\":\"aaaaaaaaaaaaaaaaabcd\"}", "a passphrase has at least 6 different characters")]
    public async Task Post_WrongBody_IsRefusedAndSaysWhy(string body, string message)
    {
        await using var host = await BundlesAsync();

        using var answer = await host.PostAsync(body);

        Assert.Equal(message, await BundleHost.RefusalAsync(answer, HttpStatusCode.BadRequest));
        Assert.Equal(1, host.Counts.Refused["request"]);
        Assert.False(Directory.Exists(Keys));
    }

    [Fact]
    public async Task Post_OversizeRequester_IsRefused()
    {
        await using var host = await BundlesAsync();
        using var answer = await host.PostAsync($$"""{"requester":"{{new string('x', 129)}}"}""");

        Assert.Contains("1 to 128", await BundleHost.RefusalAsync(answer, HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_BodyTooLongOrNoJson_IsRefused()
    {
        await using var host = await BundlesAsync();
        using var tooLong = await host.PostAsync(new string(' ', MintRoute.LongestBody + 1));
        using var form = await host.PostAsync("a=b", type: "application/x-www-form-urlencoded");

        Assert.Contains(
            "at most 16384 bytes",
            await BundleHost.RefusalAsync(tooLong, HttpStatusCode.RequestEntityTooLarge),
            StringComparison.Ordinal
        );
        await BundleHost.RefusalAsync(form, HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("?format=xml", "format must be bundle or chaosmagnet", "", null)]
    [InlineData("?fomat=x", "there is no parameter 'fomat'; this route takes format", "", null)]
    [InlineData(
        "?format=chaosmagnet",
        "the form chaosmagnet has room for one key pair, of ML-KEM or Kyber512",
        "{\"algorithms\":[\"ML-DSA-65\"]}",
        null
    )]
    [InlineData(
        "?format=chaosmagnet",
        "the form chaosmagnet has the secret key in it: it cannot be withheld",
        "{\"passphrase\":\"correct horse battery\",\"store\":true,\"secret_keys\":\"withheld\"}",
        null
    )]
    [InlineData("?format=chaosmagnet", "the form chaosmagnet cannot be repeated: it takes no Idempotency-Key", "", "key")]
    [InlineData("", "Idempotency-Key must be one text of 1 to 255 visible ASCII characters", "", "a b")]
    public async Task Post_WrongParameter_IsRefused(string query, string message, string body, string? key)
    {
        await using var host = await BundlesAsync();
        using var answer = await host.PostAsync(body, key, path: BundleHost.Route + query);

        Assert.Equal(message, await BundleHost.RefusalAsync(answer, HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Post_SameIdempotencyKey_MakesOneBundleAlsoAfterARestart()
    {
        const string Body = """{"requester":"a"}""";
        string id;
        await using (var host = await BundlesAsync())
        {
            id = IdOf(await host.MintAsync(Body, "key-1"));
            using var other = await host.PostAsync("""{"requester":"b"}""", "key-1");
            Assert.Contains(
                "another request",
                await BundleHost.RefusalAsync(other, HttpStatusCode.UnprocessableEntity),
                StringComparison.Ordinal
            );
            Assert.NotEqual(id, IdOf(await host.MintAsync(Body, "key-2")));
        }

        await using var again = await BundlesAsync();
        using var repeated = await again.PostAsync(Body, "key-1");
        var answer = System.Text.Json.Nodes.JsonNode.Parse(await repeated.Content.ReadAsStringAsync())!.AsObject();

        Assert.Equal(HttpStatusCode.OK, repeated.StatusCode);
        Assert.Equal(id, IdOf(answer));
        Assert.False(answer.ContainsKey("secret_keys"));
        Assert.Equal(2, Directory.GetFiles(Keys, "*.json").Length);
    }

    [Fact]
    public async Task Post_KeysCannotBeWritten_MakesNothingAndRandomnessGoesOn()
    {
        await File.WriteAllTextAsync(Keys, "in its place"); // also root, whom no mode keeps out, makes no directory here
        await using var host = await BundlesAsync();

        using var answer = await host.PostAsync("");
        using var random = await host.Client.GetAsync("/api/v1/random?length=1");

        Assert.Contains(
            "no bundle was made",
            await BundleHost.RefusalAsync(answer, HttpStatusCode.ServiceUnavailable),
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.OK, random.StatusCode);
        Assert.Equal("in its place", await File.ReadAllTextAsync(Keys));
        Assert.Equal(1, host.Counts.Refused["ledger"]);
    }

    [Fact]
    public async Task Post_KeysGoneWhileItRuns_FailsUntilTheyAreBackAndBeginsNoOtherLedger()
    {
        await using var host = await BundlesAsync();
        var first = await host.MintAsync();
        var aside = Path.Combine(Storage, "unmounted");
        Directory.Move(Keys, aside);

        for (var i = 0; i < 2; i++)
        {
            using var answer = await host.PostAsync("");
            Assert.Contains(
                "no bundle was made",
                await BundleHost.RefusalAsync(answer, HttpStatusCode.ServiceUnavailable),
                StringComparison.Ordinal
            );
            Assert.False(Directory.Exists(Keys));
        }

        Directory.Move(aside, Keys);
        await host.MintAsync();
        Assert.Contains(IdOf(first), await host.Client.GetStringAsync(BundleHost.Route), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(Keys, "*.json").Length);
    }

    [Fact]
    public async Task Post_EmptyFolderInPlaceOfTheKeys_BeginsNoOtherLedger()
    {
        await using (var host = await BundlesAsync())
        {
            await host.MintAsync();
        }

        await using var again = await BundlesAsync();
        await again.Client.GetStringAsync(BundleHost.Route);
        Directory.Delete(Keys, recursive: true);
        Directory.CreateDirectory(Keys);

        for (var i = 0; i < 2; i++)
        {
            using var answer = await again.PostAsync("");
            Assert.Contains(
                "no bundle was made",
                await BundleHost.RefusalAsync(answer, HttpStatusCode.ServiceUnavailable),
                StringComparison.Ordinal
            );
            Assert.Empty(Directory.GetFileSystemEntries(Keys));
        }
    }

    [Fact]
    public async Task Post_IndexAltered_IsRefusedAndSaysWhere()
    {
        await using (var host = await BundlesAsync())
        {
            await host.MintAsync();
            await host.MintAsync();
        }

        var index = Path.Combine(Keys, "index");
        await File.WriteAllTextAsync(index, (await File.ReadAllTextAsync(index)).Replace("\n2 ", "\n3 ", StringComparison.Ordinal));
        await using var again = await BundlesAsync();
        using var answer = await again.PostAsync("");

        Assert.Contains(
            "line 2 of the index",
            await BundleHost.RefusalAsync(answer, HttpStatusCode.ServiceUnavailable),
            StringComparison.Ordinal
        );
    }
}
