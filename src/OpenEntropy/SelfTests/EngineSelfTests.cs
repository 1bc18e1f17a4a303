using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using OpenEntropy.Conditioning;
using OpenEntropy.Drbg;
using OpenEntropy.Health;

namespace OpenEntropy.SelfTests;

/// <summary>What the engine computes with, tried by known answers: AES in counter mode, the generator, the conditioner and its hash, the health tests.</summary>
internal static class EngineSelfTests
{
    /// <summary>The test whose answer a drill makes wrong.</summary>
    public const string Generator = "ctr-drbg";

    /// <summary>All of them, in the order in which a sample passes what they try, last to first.</summary>
    /// <param name="hash">The conditioner's hash, as <see cref="ConditioningOptions.Hash"/> names it.</param>
    public static IReadOnlyList<KnownAnswerTest> All(string hash) =>
        [
            new("aes-256", "FIPS 197, C.3", "8EA2B7CA516745BFEAFC49904B496089", ComputeAes),
            new(
                "aes-256-ctr",
                "SP 800-38A, F.5.5",
                "0BDF7DF1591716335E9A8B15C860C5025A6E699D536119065433863C8F657B94B61E88480EED4F3512F1DBD8075B5757F007E1C428D2728F4DF0FBDEEC1032F0",
                ComputeCounter
            ),
            new(Generator, "SP 800-90A Rev. 1, 10.2.1; ACVP case 331", "FEB42B8A13CAE415C0EFC92FB43AAC6F", ComputeGenerator),
            new(
                $"conditioner-{hash.ToLowerInvariant()}",
                "SP 800-90B, 3.1.5; " + Hashes[hash].Standard,
                Hashes[hash].Block,
                () => ComputeBlock(hash)
            ),
            new("health-tests", "SP 800-90B, 4.4.1 and 4.4.2", "00790193", ComputeHealthTests),
        ];

    // The hash of the frames that ComputeBlock makes, as another implementation of it gives it.
    private static Dictionary<string, (string Standard, string Block)> Hashes { get; } =
        new(StringComparer.Ordinal)
        {
            ["SHA-256"] = ("FIPS 180-4, 6.2", "3455F8CAB7A5D641C497CDFF40CD72D16B9BD83EFF2823134E859D7198A3FB84"),
            ["SHA-384"] = (
                "FIPS 180-4, 6.5",
                "A831129699FFAA843D7CA356C9A98CBE6A87A6DB9B80CFA41A669F32B59180B78585C973E83FA8A74F3A14791175BAEB"
            ),
            ["SHA-512"] = (
                "FIPS 180-4, 6.4",
                "2F03D688D99F5EF7E45D664AB3255CB82A41E74A2E0CAE3BB46C6A17408B2BCFADC90A4A84D288627DB686A5E3C29E02C602808C77648A7B319E419C26EBED4D"
            ),
            ["SHA3-256"] = ("FIPS 202, 6.1", "FEC50A6A2D3A17D98C0AF377B48CFDC02D44A3B7A09184979EB46F61EBDC5879"),
            ["SHA3-384"] = (
                "FIPS 202, 6.1",
                "36B846360931AC6307EF5818C8BF81C72486D1468B0349163B38FDDB1AADDA552A6AA75B9795E711658FE94B4F452967"
            ),
            ["SHA3-512"] = (
                "FIPS 202, 6.1",
                "DD7693AEDB5ED160C68BFAFDEDFD0C0A28CB6F3AEBDD235E53BB6324D4C479448F1E4DB5276C19A168482707F0FBC6F1E67AC359AE191CCA4180AF2E2735A921"
            ),
        };

    private static byte[] ComputeAes()
    {
        // The first block of the counter mode encrypts V + 1.
        var key = new byte[Aes256Counter.KeyBytes];
        for (var i = 0; i < key.Length; i++)
            key[i] = (byte)i;
        var input = UInt128.Parse("00112233445566778899aabbccddeeff", System.Globalization.NumberStyles.HexNumber, null);
        return Encrypt(key, input - 1, Aes256Counter.BlockBytes);
    }

    private static byte[] ComputeCounter()
    {
        var key = Convert.FromHexString("603DEB1015CA71BE2B73AEF0857D77811F352C073B6108D72D9810A30914DFF4");
        var first = UInt128.Parse("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff", System.Globalization.NumberStyles.HexNumber, null);

        // Most output is made eight blocks at a time, by code of its own: eight, then eight across a carry out of the lower 64 bits of the counter, then 24.
        // The answer is SHA-256 of what another implementation gives for them (`openssl enc -aes-256-ctr`).
        var carries = UInt128.Parse("f0f1f2f3f4f5f6f7fffffffffffffff3", System.Globalization.NumberStyles.HexNumber, null);
        return
        [
            .. Encrypt(key, first - 1, 2 * Aes256Counter.BlockBytes),
            .. SHA256.HashData(Encrypt(key, carries - 1, 40 * Aes256Counter.BlockBytes)),
        ];
    }

    private static byte[] Encrypt(byte[] key, UInt128 v, int length)
    {
        var (aes, schedule) = (Aes256Counter.Fastest, new byte[Aes256Counter.ScheduleBytes]);
        key.CopyTo(schedule, 0);
        aes.ExpandKey(schedule);
        var (counter, output) = (new byte[Aes256Counter.BlockBytes], new byte[length]);
        BinaryPrimitives.WriteUInt128BigEndian(counter, v);
        aes.Fill(schedule, counter, output);
        return output;
    }

    private static byte[] ComputeGenerator()
    {
        using var drbg = new CtrDrbg();
        drbg.Instantiate(
            Convert.FromHexString("0F72CF6C3616F865777F03FDE18B0FF2CD676560804DE4A178AD9310207950835367339F7B09205168B2FA72B9706802"),
            Convert.FromHexString("32CAF1EB05261C79A23C846729EA3D72D20B777D18BA02D0805586A78F883BB8EB0832AD8D17F8BA6F954F91E3FE3695")
        );
        drbg.Reseed(
            Convert.FromHexString("632408BBBB06A678301A62F1F39DA00CADDCF87EBFA14CE9CD1FE3BFCDBB2A6CD27ADB452CCDF66EBCE8AE7F9AF02EF7"),
            Convert.FromHexString("4F23E8B1CDE4895C21C5B8A7859B3E28E01163DD18558B100AE1863DA41F1F1A753D280C32B0230E1344EBE82451F923")
        );
        var output = new byte[16];
        drbg.Generate(
            output,
            Convert.FromHexString("308B68A45F6DFE18A7F776C24CAE0567285813A1B448FD5961CEB78DCE0ACF11AA362C965D1347189D2580E99BA19069")
        );
        drbg.Generate(
            output,
            Convert.FromHexString("A66F0B348289FD43114A765767611772F1BC6E4A8EB662D89BE8EA7D90F5EBEE04FB7138EC4240C2B1C255DDE2BC3953")
        );
        return output;
    }

    private static byte[] ComputeBlock(string hash)
    {
        using var conditioner = new Conditioner(
            new ConditioningOptions { Hash = hash, LeaveOut = 0 },
            ["self-test"],
            Encoding.ASCII.GetBytes("identity of the self-test"),
            static bytes => bytes.Fill(0x5A)
        );
        byte[] samples = [.. Enumerable.Range(0, 256).Select(static i => (byte)i)];
        conditioner.Absorb(0, samples, conditioner.RequirementBits);
        var block = new byte[conditioner.BlockBytes];
        return conditioner.TryComplete(block) ? block : [];
    }

    /// <summary>
    /// After how many samples each test fails: a constant, at H = 1/3 and α = 2^-40, and a window of which every other sample is one value, at H = 2. Two bytes each.
    /// </summary>
    private static byte[] ComputeHealthTests()
    {
        var stuck = HealthCutoffs.Derive(1.0 / 3, new HealthOptions());
        var repetition = new RepetitionCountTest(stuck.RepetitionIntermittent, stuck.RepetitionPermanent);
        var biased = HealthCutoffs.Derive(2, new HealthOptions());
        var proportion = new AdaptiveProportionTest(biased.ProportionIntermittent, biased.ProportionPermanent);
        var (runs, windows) = (1, 1);
        while (repetition.Next(0) == TestOutcome.Pass && runs < HealthCutoffs.Window)
            runs++;
        while (proportion.Next((byte)(windows % 2 == 1 ? 0 : windows + 1)) == TestOutcome.Pass && windows < HealthCutoffs.Window)
            windows++;
        return [(byte)(runs >> 8), (byte)runs, (byte)(windows >> 8), (byte)windows];
    }
}
