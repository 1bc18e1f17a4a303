using System.IO.Compression;
using System.Text.Json;
using OpenEntropy.Pqc.MlDsa;
using OpenEntropy.Tests;
using Xunit;

namespace OpenEntropy.Pqc.Tests.MlDsa;

// NIST's ACVP sets for FIPS 204 (usnistgov/ACVP-Server v1.1.0.43), read in place.
public class MlDsaKnownAnswerTests
{
    private static readonly byte[] s_zeros = new byte[MlDsaParameters.RandomnessBytes];

    [VectorFact]
    public void FromSeed_AcvpKeyGen_GivesTheKeys()
    {
        var tried = 0;
        foreach (var (group, test) in TestsOf("ML-DSA-keyGen-FIPS204/internalProjection.json.gz"))
        {
            var parameters = ParametersOf(group);
            using var key = MlDsaPrivateKey.FromSeed(parameters, Bytes(test, "seed"));
            var expanded = new byte[parameters.ExpandedKeyBytes];
            key.ExportExpanded(expanded);

            Assert.Equal(Bytes(test, "pk"), key.PublicKey.Encoded.ToArray());
            Assert.Equal(Bytes(test, "sk"), expanded);
            tried++;
        }

        Assert.Equal(3 * 25, tried);
    }

    // Of the 24 groups the six for HashML-DSA are left out: it is not made here.
    [VectorFact]
    public void Sign_AcvpSigGen_GivesTheSignatures()
    {
        var expected = TestsOf("ML-DSA-sigGen-FIPS204/expectedResults.json.gz")
            .ToDictionary(pair => pair.Test.GetProperty("tcId").GetInt32(), pair => Bytes(pair.Test, "signature"));
        var (tried, leftOut) = (0, 0);
        foreach (var (group, test) in TestsOf("ML-DSA-sigGen-FIPS204/prompt.json.gz"))
        {
            if (IsPreHash(group))
            {
                leftOut++;
                continue;
            }

            using var key = MlDsaPrivateKey.FromExpanded(ParametersOf(group), Bytes(test, "sk"));

            Assert.Equal(expected[test.GetProperty("tcId").GetInt32()], Sign(key, group, test));
            tried++;
        }

        Assert.Equal((18 * 15, 6 * 15), (tried, leftOut));
    }

    // Of the 12 groups the three for HashML-DSA are left out.
    [VectorFact]
    public void Verify_AcvpSigVer_AcceptsAndRefusesAsExpected()
    {
        var byReason = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var leftOut = 0;
        foreach (var (group, test) in TestsOf("ML-DSA-sigVer-FIPS204/internalProjection.json.gz"))
        {
            if (IsPreHash(group))
            {
                leftOut++;
                continue;
            }

            var key = MlDsaPublicKey.FromBytes(ParametersOf(group), Bytes(test, "pk"));

            Assert.Equal(test.GetProperty("testPassed").GetBoolean(), Verify(key, group, test));
            var reason = test.GetProperty("reason").GetString()!;
            byReason[reason] = byReason.GetValueOrDefault(reason) + 1;
        }

        Assert.Equal(3 * 15, leftOut);
        Assert.Equal(
            [
                "modified message: 27",
                "modified signature - commitment: 27",
                "modified signature - hint: 27",
                "modified signature - z: 27",
                "valid signature and message - signature should verify successfully: 27",
            ],
            byReason.Select(pair => $"{pair.Key}: {pair.Value}")
        );
    }

    private static byte[] Sign(MlDsaPrivateKey key, JsonElement group, JsonElement test)
    {
        var random = group.GetProperty("deterministic").GetBoolean() ? s_zeros : Bytes(test, "rnd");
        return group.GetProperty("signatureInterface").GetString() == "external"
                ? key.Sign(Bytes(test, "message"), Bytes(test, "context"), random.CopyTo)
            : group.GetProperty("externalMu").GetBoolean() ? key.SignRepresentative(Bytes(test, "mu"), random)
            : key.SignFormatted(Bytes(test, "message"), random);
    }

    private static bool Verify(MlDsaPublicKey key, JsonElement group, JsonElement test)
    {
        var signature = Bytes(test, "signature");
        if (group.GetProperty("signatureInterface").GetString() == "external")
            return key.Verify(Bytes(test, "message"), Bytes(test, "context"), signature);
        var representative = new byte[MlDsaParameters.RepresentativeBytes];
        if (group.GetProperty("externalMu").GetBoolean())
            Bytes(test, "mu").CopyTo(representative, 0);
        else
            MlDsaMessage.RepresentFormatted(key.Verifier.KeyHash, Bytes(test, "message"), representative);
        return key.Verifier.VerifyRepresentative(representative, signature);
    }

    private static bool IsPreHash(JsonElement group) =>
        group.TryGetProperty("preHash", out var preHash) && preHash.GetString() == "preHash";

    private static MlDsaParameters ParametersOf(JsonElement group) =>
        MlDsaParameters.All.Single(parameters => parameters.Name == group.GetProperty("parameterSet").GetString());

    private static byte[] Bytes(JsonElement test, string name) => Convert.FromHexString(test.GetProperty(name).GetString()!);

    private static List<(JsonElement Group, JsonElement Test)> TestsOf(string file)
    {
        using var stream = new GZipStream(Vectors.Open(Path.Combine("acvp", file)), CompressionMode.Decompress);
        using var document = JsonDocument.Parse(stream);
        return
        [
            .. document
                .RootElement.Clone()
                .GetProperty("testGroups")
                .EnumerateArray()
                .SelectMany(group => group.GetProperty("tests").EnumerateArray().Select(test => (group, test))),
        ];
    }
}
