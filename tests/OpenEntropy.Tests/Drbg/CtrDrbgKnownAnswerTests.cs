using System.IO.Compression;
using System.Text.Json;
using OpenEntropy.Drbg;
using Xunit;

namespace OpenEntropy.Tests.Drbg;

/// <summary>
/// NIST ACVP, ctrDRBG SP 800-90A Rev. 1 (usnistgov/ACVP-Server v1.1.0.43), AES-256 without derivation function. Each case instantiates,
/// then reseeds and generates as it says; the last generate call is compared. Those with prediction resistance reseed before each
/// generate call, which takes the additional input in its place (SP 800-90A Rev. 1, 9.3.1, step 7).
/// </summary>
public sealed class CtrDrbgKnownAnswerTests
{
    public static TheoryData<string> Ways => Aes256CounterTests.Ways;

    /// <summary>Test case 151 of that file.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void Generate_AcvpCase151WithPredictionResistance_GivesTheReturnedBits(string way)
    {
        using var drbg = new CtrDrbg(Aes256CounterTests.Way(way));
        drbg.Instantiate(
            Hex("37518F8F23048EB782CBB3844A34B28F561D4B22D07BA230ABACC5FB07ACDBD5FBFD396BC3E8C44F2C159DFF1CEFB592"),
            Hex("72606EC74140670CB24931D1E5A84350A11C88C16C4F290F2277B305B93491A6030945225CEB4309CCA6DD0DEC7A3D27")
        );
        var output = new byte[16];
        drbg.Reseed(
            Hex("CCA509373420FFED6AF321921531A72D02AD34221B1E0906763EBF6AD353E21E21D103A2C069CD5FDA941C98990AD864"),
            Hex("736B638DFE7B8D23E83CAFA46E055263FD3F099E6BE6E9EFFD8FBBD1FA92661F2BB779FE8F93939AA48444C6FE8FB415")
        );
        drbg.Generate(output, []);
        drbg.Reseed(
            Hex("0A8A5FA01249AC57B8866EF4A923727D8B6F913F43D7AA2A6F864973AC2C96549005185EDD0F922459FAAB76D014F547"),
            Hex("A1E4B9C74F392571BD5377E754BBCC20CACF7300C654740FE59B5CF5EC5F84239319B6D3CCA6A46FFE00BF37F7A9EB88")
        );
        drbg.Generate(output, []);
        Assert.Equal("B52C875F2C2D3CD4E9407DE8A6BAA809", Convert.ToHexString(output));
    }

    /// <summary>Test case 331 of that file.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void Generate_AcvpCase331WithReseed_GivesTheReturnedBits(string way)
    {
        using var drbg = new CtrDrbg(Aes256CounterTests.Way(way));
        drbg.Instantiate(
            Hex("0F72CF6C3616F865777F03FDE18B0FF2CD676560804DE4A178AD9310207950835367339F7B09205168B2FA72B9706802"),
            Hex("32CAF1EB05261C79A23C846729EA3D72D20B777D18BA02D0805586A78F883BB8EB0832AD8D17F8BA6F954F91E3FE3695")
        );
        drbg.Reseed(
            Hex("632408BBBB06A678301A62F1F39DA00CADDCF87EBFA14CE9CD1FE3BFCDBB2A6CD27ADB452CCDF66EBCE8AE7F9AF02EF7"),
            Hex("4F23E8B1CDE4895C21C5B8A7859B3E28E01163DD18558B100AE1863DA41F1F1A753D280C32B0230E1344EBE82451F923")
        );
        var output = new byte[16];
        drbg.Generate(output, Hex("308B68A45F6DFE18A7F776C24CAE0567285813A1B448FD5961CEB78DCE0ACF11AA362C965D1347189D2580E99BA19069"));
        drbg.Generate(output, Hex("A66F0B348289FD43114A765767611772F1BC6E4A8EB662D89BE8EA7D90F5EBEE04FB7138EC4240C2B1C255DDE2BC3953"));
        Assert.Equal("FEB42B8A13CAE415C0EFC92FB43AAC6F", Convert.ToHexString(output));
    }

    [VectorTheory]
    [MemberData(nameof(Ways))]
    public void Generate_AcvpAes256GroupsWithoutDerivationFunction_GivesTheReturnedBits(string way)
    {
        using var file = Vectors.Open("acvp/ctrDRBG-SP800-90Ar1/internalProjection.json.gz");
        using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        using var document = JsonDocument.Parse(unzipped);
        var cases = 0;
        var groupsWithPredictionResistance = 0;
        var groupsWithReseed = 0;
        foreach (var group in document.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            if (group.GetProperty("mode").GetString() is not "AES-256" || group.GetProperty("derFunc").GetBoolean())
                continue;
            var predictionResistance = group.GetProperty("predResistance").GetBoolean();
            groupsWithPredictionResistance += predictionResistance ? 1 : 0;
            groupsWithReseed += group.GetProperty("reSeed").GetBoolean() ? 1 : 0;
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                Assert.Equal(
                    Hex(test, "returnedBits"),
                    Replay(way, test, group.GetProperty("returnedBitsLen").GetInt32(), predictionResistance)
                );
                cases++;
            }
        }
        Assert.Equal((30, 1, 2), (cases, groupsWithPredictionResistance, groupsWithReseed));
    }

    private static byte[] Replay(string way, JsonElement test, int returnedBits, bool predictionResistance)
    {
        using var drbg = new CtrDrbg(Aes256CounterTests.Way(way));
        drbg.Instantiate(Hex(test, "entropyInput"), Hex(test, "persoString"));
        var output = new byte[returnedBits / 8];
        foreach (var step in test.GetProperty("otherInput").EnumerateArray())
        {
            var additional = Hex(step, "additionalInput");
            var reseed = step.GetProperty("intendedUse").GetString() is "reSeed";
            if (reseed || predictionResistance)
            {
                drbg.Reseed(Hex(step, "entropyInput"), additional);
                additional = [];
            }
            if (!reseed)
                drbg.Generate(output, additional);
        }
        return output;
    }

    private static byte[] Hex(JsonElement element, string name) => Hex(element.GetProperty(name).GetString() ?? "");

    private static byte[] Hex(string text) => Convert.FromHexString(text);
}
