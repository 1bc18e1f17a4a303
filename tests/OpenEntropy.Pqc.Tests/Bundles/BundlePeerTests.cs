using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Pqc.Tests.Npm;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Bundles;

/// <summary>The page of JavaScript that docs/pqc.md gives, with npm <c>@noble/post-quantum</c>: it verifies from the bundle alone, and nothing altered.</summary>
public sealed class BundlePeerTests
{
    [NpmFact]
    public async Task Verify_BundlesOfEveryAlgorithm_ByTheOtherLanguage_AreValid()
    {
        using var script = new NodeScript("bundle.mjs");
        foreach (var algorithm in BundleAlgorithm.All)
        {
            var answer = await AskAsync(
                script,
                BundleMaker.Document(KeyEncodings.Hex | KeyEncodings.Pem | KeyEncodings.Jwk, algorithm.Name)
            );
            Assert.True(answer.GetProperty("valid").GetBoolean(), answer.ToString());
        }
    }

    [NpmFact]
    public async Task Verify_AlteredBundles_ByTheOtherLanguage_AreNot()
    {
        using var script = new NodeScript("bundle.mjs");
        var whole = Encoding.UTF8.GetString(BundleMaker.Document(KeyEncodings.Hex, "ML-KEM-768"));
        var pointers = new[] { "payload", "signature", "public_key_hex", "requester", "ratio", "kid" };
        foreach (var member in pointers)
        {
            var at = whole.IndexOf($"\"{member}\":", StringComparison.Ordinal) + member.Length + 6;
            var altered = whole.Remove(at, 1).Insert(at, whole[at] is '1' or 'A' ? "2" : "1");
            var answer = await script.AskAsync(new { document = altered });
            Assert.False(answer.GetProperty("valid").GetBoolean(), member);
        }

        var twoKeys = JsonNode.Parse(whole)!;
        twoKeys["signatures"]!.AsArray().RemoveAt(1);
        var one = await script.AskAsync(new { document = twoKeys.ToJsonString() });
        Assert.False(one.GetProperty("valid").GetBoolean());
    }

    [NpmFact]
    public async Task Verify_NamesOfChaosMagnet_ByTheOtherLanguage_AreValidUntilAltered()
    {
        using var script = new NodeScript("bundle.mjs");
        var json = ChaosMagnet();

        var valid = await script.AskAsync(new { chaosMagnet = json });
        var altered = await script.AskAsync(new { chaosMagnet = json.Replace("123456789012", "123456789013", StringComparison.Ordinal) });

        Assert.True(valid.GetProperty("valid").GetBoolean(), valid.ToString());
        Assert.False(altered.GetProperty("valid").GetBoolean());
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
            JsonNode.Parse(json)!.AsObject().Select(member => member.Key)
        );
    }

    [NpmFact]
    public async Task Verify_ExpectedIdentity_IsItInWholeOrTheBundleIsNotValid()
    {
        using var script = new NodeScript("bundle.mjs");
        using var other = BundleIdentity.Generate(BundleMaker.Random(77));
        var (own, others) = (BundleMaker.Identity.Value.Public, other.Public);
        var document = Encoding.UTF8.GetString(BundleMaker.Document(KeyEncodings.Hex, "ML-KEM-768"));
        (string Identity, bool Document, bool ChaosMagnet)[] cases =
        [
            (Identities((own, own)), true, true),
            (Identities((others, others), (own, own)), true, true),
            (Identities((others, others)), false, false),
            // One identity's key of ML-DSA and another's of Falcon.
            (Identities((own, others), (others, own)), false, true),
            (Identities(), false, false),
        ];
        foreach (var (identity, validDocument, validChaosMagnet) in cases)
        {
            var whole = await script.AskAsync(new { document, identity });
            var magnet = await script.AskAsync(new { chaosMagnet = ChaosMagnet(), identity });

            Assert.Equal(validDocument, whole.GetProperty("valid").GetBoolean());
            Assert.Equal(validChaosMagnet, magnet.GetProperty("valid").GetBoolean());
        }
    }

    // As /api/v1/pqc/identity answers: the keys of each identity, of ML-DSA and of Falcon.
    private static string Identities(params (PublicIdentity MlDsa, PublicIdentity Falcon)[] each) =>
        JsonSerializer.Serialize(
            new
            {
                identities = each.Select(keys => new
                {
                    keys = new[]
                    {
                        new { alg = PublicIdentity.MlDsaAlgorithm, kid = keys.MlDsa.MlDsaKeyId },
                        new { alg = PublicIdentity.FalconAlgorithm, kid = keys.Falcon.FalconKeyId },
                    },
                }),
            }
        );

    private static string ChaosMagnet()
    {
        using var key = BundleAlgorithm.Find("Kyber512-round3")!.Make(BundleMaker.Random(3));
        var text = new ChaosMagnetText("Kyber512-round3", "Ägidius", DateTimeOffset.UnixEpoch, 123_456_789_012, 0.041667);
        var signature = BundleMaker.Identity.Value.SignByFalcon(text.Message(key.PublicKey), BundleMaker.Random(4));
        var target = new ArrayBufferWriter<byte>();
        text.Write(target, key.PublicKey, "00"u8, signature, BundleMaker.Identity.Value.Public.Falcon.Encoded);
        return Encoding.UTF8.GetString(target.WrittenSpan);
    }

    private static Task<JsonElement> AskAsync(NodeScript script, byte[] document) =>
        script.AskAsync(new { document = Encoding.UTF8.GetString(document) });
}
