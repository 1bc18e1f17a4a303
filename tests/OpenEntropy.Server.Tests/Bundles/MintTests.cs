using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Pqc.Containers;
using OpenEntropy.Pqc.MlKem;
using OpenEntropy.Server.Bundles;
using Xunit;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>Bundles as they are made: of the pool alone, signed, and with secrets that go nowhere but into the answer.</summary>
public sealed class MintTests : BundlePoolTests
{
    [Fact]
    public async Task Post_NoBody_GivesAnMlKem768PairThatWorksAndIsSigned()
    {
        await using var host = await BundlesAsync();

        using var answer = await host.PostAsync("");
        var bundle = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal($"{BundleHost.Route}/{IdOf(bundle)}", answer.Headers.Location?.ToString());
        Assert.True(answer.Headers.CacheControl?.NoStore);
        var verification = BundleVerifier.Verify(Encoding.UTF8.GetBytes(Public(bundle)));
        Assert.True(verification.IsValid, string.Join(' ', verification.Checks));
        using var pair = MlKemKeyPair.FromSeed(MlKemParameters.MlKem768, Bytes(bundle["secret_keys"]![0]!["seed"]!));
        Assert.Equal(Bytes(bundle["bundle"]!["keys"]![0]!["public_key"]!), pair.EncapsulationKey.ToArray());
        Assert.Equal(1, host.Counts.Minted);
    }

    [Fact]
    public async Task Post_EveryAlgorithm_TakesFreshOutputOfThePoolForEachKey()
    {
        await using var host = await BundlesAsync();
        await host.MintAsync(); // the identity is made first
        foreach (var algorithm in BundleAlgorithm.All)
        {
            var (before, served) = (Pool.Status, Served());
            var bundle = await host.MintAsync($$"""{"algorithms":["{{algorithm.Name}}","{{algorithm.Name}}"]}""");
            var after = Pool.Status;

            // Both keys, and all else of the bundle: each draw is counted by the pool, with a reseed of its own.
            var rest = 16 + 32 + (2 * 96) + (2 * 32);
            Assert.Equal((2 * algorithm.SeedBytes) + rest, after.DrbgBytes - before.DrbgBytes);
            Assert.Equal(after.DrbgBytes - before.DrbgBytes, Served() - served);
            Assert.Equal(3, after.Reseeds["fresh"] - before.Reseeds["fresh"]);
            Assert.True(after.BlocksUsed - before.BlocksUsed >= 3);
            Assert.Equal(2, bundle["bundle"]!["evidence"]!["minting"]!["draws"]!.GetValue<int>());
            Assert.Equal(2, bundle["bundle"]!["evidence"]!["minting"]!["seed_blocks"]!.GetValue<int>());
        }

        long Served() => host.Served.All.Single(each => each is { Quality: "drbg", Type: "bundle" }).Bytes;
    }

    [Fact]
    public async Task Post_Stored_KeepsTheEncryptedKeysInTheFileAndShowsThemNobody()
    {
        await using var host = await BundlesAsync();
        var made = await host.MintAsync($$"""{"passphrase":"{{Phrase}}","store":true}""");

        var file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Keys, IdOf(made) + ".json")))!.AsObject();
        var shown = JsonNode.Parse(await host.Client.GetStringAsync($"{BundleHost.Route}/{IdOf(made)}"))!.AsObject();

        Assert.True(JsonNode.DeepEquals(made, file));
        Assert.False(shown.ContainsKey("secret_keys"));
        Assert.Equal(["key", "algorithm", "encrypted_pem"], made["secret_keys"]![0]!.AsObject().Select(member => member.Key));
        var clear = EncryptedPrivateKeyInfo.Decrypt(
            Pem.Read(file["secret_keys"]![0]!["encrypted_pem"]!.GetValue<string>(), EncryptedPrivateKeyInfo.PemLabel),
            Phrase
        );
        using var parts = PrivateKeyInfo.Read(clear);
        Assert.Equal(Bytes(made["bundle"]!["keys"]![0]!["public_key"]!), parts.PublicKey.ToArray());
    }

    [Fact]
    public async Task Post_NotStored_KeepsNoSecretAtAll()
    {
        await using var host = await BundlesAsync();
        var made = await host.MintAsync($$"""{"passphrase":"{{Phrase}}"}""");

        var file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Keys, IdOf(made) + ".json")))!.AsObject();

        Assert.False(file.ContainsKey("secret_keys"));
        Assert.Equal(Public(made), (await File.ReadAllTextAsync(Path.Combine(Keys, IdOf(made) + ".json"))));
    }

    [Theory]
    [InlineData("192.0.2.7", "http", "", HttpStatusCode.Forbidden)]
    [InlineData("2001:db8::7", "http", "", HttpStatusCode.Forbidden)]
    [InlineData("::ffff:192.0.2.7", "http", "", HttpStatusCode.Forbidden)]
    [InlineData("192.0.2.7", "https", "", HttpStatusCode.Created)]
    [InlineData("192.0.2.7", "http", "{\"passphrase\":\"correct horse battery\"}", HttpStatusCode.Created)]
    [InlineData("127.0.0.1", "http", "", HttpStatusCode.Created)]
    [InlineData("::ffff:127.0.0.1", "http", "", HttpStatusCode.Created)]
    [InlineData("::1", "http", "", HttpStatusCode.Created)]
    public async Task Post_FromAnAddress_GivesSecretsInClearOnlyOverTlsOrToThisMachine(
        string peer,
        string scheme,
        string body,
        HttpStatusCode status
    )
    {
        await using var host = await BundlesAsync();

        using var answer = await host.PostAsync(body, peer: peer, scheme: scheme);

        Assert.Equal(status, answer.StatusCode);
        if (status == HttpStatusCode.Forbidden)
        {
            Assert.Equal(SecretPolicy.Refusal, await BundleHost.RefusalAsync(answer, status));
            Assert.Equal(1, host.Counts.Refused["plain_http"]);
            Assert.False(Directory.Exists(Keys));
        }
    }

    [Theory]
    [InlineData("127.0.0.1", "http", "X-Forwarded-For", HttpStatusCode.Forbidden)]
    [InlineData("::1", "http", "Via", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1", "https", "X-Forwarded-For", HttpStatusCode.Created)]
    public async Task Post_ThroughAProxyOnThisMachine_GivesSecretsInClearOnlyOverTls(
        string peer,
        string scheme,
        string header,
        HttpStatusCode status
    )
    {
        await using var host = await BundlesAsync();
        host.Client.DefaultRequestHeaders.TryAddWithoutValidation(header, "192.0.2.7");

        using var answer = await host.PostAsync("", peer: peer, scheme: scheme);

        Assert.Equal(status, answer.StatusCode);
        if (status == HttpStatusCode.Forbidden)
        {
            Assert.Equal(SecretPolicy.Refusal, await BundleHost.RefusalAsync(answer, status));
            using var withPassphrase = await host.PostAsync("{\"passphrase\":\"correct horse battery\"}", peer: peer, scheme: scheme);
            Assert.Equal(HttpStatusCode.Created, withPassphrase.StatusCode);
        }
    }

    [Fact]
    public async Task Post_ChaosMagnet_HasItsNamesAndIsKeptAsAnyOther()
    {
        await using var host = await BundlesAsync();
        var made = await host.MintAsync(
            """{"algorithms":["Kyber512-round3"],"requester":"me"}""",
            path: BundleHost.Route + "?format=chaosmagnet"
        );

        Assert.Equal(
            [
                "type",
                "requester",
                "timestamp",
                "accumulated_true_bits",
                "raw_min_entropy",
                "kyber_pk",
                "kyber_sk",
                "falcon_sig",
                "falcon_signer_pk",
            ],
            made.Select(member => member.Key)
        );
        Assert.Equal(2 * 1632, made["kyber_sk"]!.GetValue<string>().Length);
        Assert.True(made["accumulated_true_bits"]!.GetValue<long>() > 0);
        using var list = System.Text.Json.JsonDocument.Parse(await host.Client.GetStringAsync(BundleHost.Route));
        Assert.Equal(1, list.RootElement.GetProperty("total").GetInt32());

        // It is verified by the page that docs/pqc.md gives, and never sent here: the secret key is in it.
        using var sent = await host.PostAsync(made.ToJsonString(), path: BundleHost.Route + "/verify");
        Assert.StartsWith(
            "the body is no bundle: ",
            await BundleHost.RefusalAsync(sent, HttpStatusCode.BadRequest),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Post_MoreThanInAMinute_IsTooMany()
    {
        await using var host = await BundlesAsync(options => options.MintsPerMinute = 1);
        await host.MintAsync();

        using var answer = await host.PostAsync("");

        Assert.Contains("at most 1 keys", await BundleHost.RefusalAsync(answer, HttpStatusCode.TooManyRequests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_LedgerFull_IsRefused()
    {
        await using var host = await BundlesAsync(options => options.MaximumBundles = 1);
        await host.MintAsync();

        using var answer = await host.PostAsync("");

        Assert.Contains(
            "MaximumBundles",
            await BundleHost.RefusalAsync(answer, HttpStatusCode.ServiceUnavailable),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Post_LedgerFull_StillAnswersARepeat()
    {
        await using var host = await BundlesAsync(options => options.MaximumBundles = 1);
        await host.MintAsync("", "key-1");

        using var repeated = await host.PostAsync("", "key-1");

        Assert.Equal(HttpStatusCode.OK, repeated.StatusCode);
    }

    private static byte[] Bytes(JsonNode node) => Convert.FromBase64String(node.GetValue<string>());
}
