using System.Security.Cryptography;
using OpenEntropy.Pqc.MlKem;
using OpenEntropy.Tests;
using Xunit;

namespace OpenEntropy.Pqc.Tests.MlKem;

/// <summary>NIST's ACVP sets of FIPS 203: usnistgov/ACVP-Server v1.1.0.43, <c>ML-KEM-keyGen-FIPS203</c> and <c>ML-KEM-encapDecap-FIPS203</c>.</summary>
public class MlKemKnownAnswerTests
{
    private const string KeyGeneration = "ML-KEM-keyGen-FIPS203";
    private const string Use = "ML-KEM-encapDecap-FIPS203";

    [VectorTheory]
    [InlineData("ML-KEM-512")]
    [InlineData("ML-KEM-768")]
    [InlineData("ML-KEM-1024")]
    public void GenerateKeys_AcvpSeeds_GiveTheKeys(string name)
    {
        var tests = AcvpSet.Read(KeyGeneration, name);
        Assert.Equal(25, tests.Count);
        foreach (var test in tests)
        {
            var pair = Pair.Of(Pair.Set(name), [.. test.Bytes("d"), .. test.Bytes("z")]);

            Assert.Equal(test.Bytes("ek"), pair.Public);
            Assert.Equal(test.Bytes("dk"), pair.Secret);
        }
    }

    [VectorTheory]
    [InlineData("ML-KEM-512")]
    [InlineData("ML-KEM-768")]
    [InlineData("ML-KEM-1024")]
    public void Encapsulate_AcvpMessages_GiveCiphertextAndSecret(string name)
    {
        var tests = AcvpSet.Read(Use, name, "encapsulation");
        Assert.Equal(25, tests.Count);
        foreach (var test in tests)
        {
            var pair = new Pair(Pair.Set(name), test.Bytes("ek"), test.Bytes("dk"));
            var (ciphertext, secret) = pair.Encapsulate(test.Bytes("m"));

            Assert.Equal(test.Bytes("c"), ciphertext);
            Assert.Equal(test.Bytes("k"), secret);
            Assert.Equal(test.Bytes("k"), pair.Decapsulate(ciphertext));
        }
    }

    [VectorTheory]
    [InlineData("ML-KEM-512")]
    [InlineData("ML-KEM-768")]
    [InlineData("ML-KEM-1024")]
    public void Decapsulate_AcvpCiphertexts_GiveTheSecretAlsoOfModifiedOnes(string name)
    {
        var tests = AcvpSet.Read(Use, name, "decapsulation");
        Assert.Contains(tests, test => test.GetProperty("reason").GetString() == "modified ciphertext");
        foreach (var test in tests)
            Assert.Equal(test.Bytes("k"), new Pair(Pair.Set(name), [], test.Bytes("dk")).Decapsulate(test.Bytes("c")));
    }

    [VectorTheory]
    [InlineData("ML-KEM-512")]
    [InlineData("ML-KEM-768")]
    [InlineData("ML-KEM-1024")]
    public void IsEncapsulationKey_AcvpKeys_IsWhatTheSetSays(string name) =>
        CheckKeys(name, "encapsulationKeyCheck", "ek", MlKemFunctions.IsEncapsulationKey);

    [VectorTheory]
    [InlineData("ML-KEM-512")]
    [InlineData("ML-KEM-768")]
    [InlineData("ML-KEM-1024")]
    public void IsDecapsulationKey_AcvpKeys_IsWhatTheSetSays(string name) =>
        CheckKeys(name, "decapsulationKeyCheck", "dk", MlKemFunctions.IsDecapsulationKey);

    // For where the files are not: the first test of each group of keyGen, as SHA-256 of ek‖dk, and what @noble/post-quantum 0.7.1 encapsulates to that
    // key with the message 00 01 … 1F, as SHA-256 of the ciphertext and the secret.
    [Theory]
    [InlineData(
        "ML-KEM-512",
        "47B893474672BA92E4B12EE44FB32953AF8E8503B5FB471D1614FB8A021A660A1F8CB39E9E30BC458A0DC5408884B1187FB217018DF760FA57317703B844A0A9",
        "4B4EE14E43C1BFCB0EB997BFFA8ADB17C86F0A148D1FE9B4A85DFBADEEBC2887",
        "80663DFC8DAF3E125FC7B51C6CAF004B9F5D14E65CEA9CB3D287A2B362114F5A",
        "1F9D8A24F5757DC70746D2D1F48C016FC8213BD510B174171B73741BC60555D6"
    )]
    [InlineData(
        "ML-KEM-768",
        "E582B7D75E6C80B05AE392A1FC9F7153B12390FD99930368CC67A768BAEBC8A01CDACB8740C0B87C4A379575F187B367CBFA3B300BF591B109F79816E9CBE8F0",
        "3B6DB5CF5CD380FE8518D6C2D3BC311356DFD303038B587D12AAA42922F8D5B2",
        "F6AAFDE6146E9F03EAE7CEA57CCBC34540BC709E98787FDECC798BEAD3C9095D",
        "82C9C37C49C9E540D64F907EA0A3FB723A28008CFF007DFD0769492F5A47C4DD"
    )]
    [InlineData(
        "ML-KEM-1024",
        "F3A706FAF090C03DB506863AB0B20BD8A1627956318E88C67EB875E8E726600935D2BC43DD1CC879F765BF2A0C5E297889DDE910E57E2BB0EAE417B90AB7A275",
        "5F61A6CF680B759E7F471178EC90A797A2D2967DF338B83AE7CF9677EB0EE96E",
        "BE3DB31A45790C2846C04533BA09C6615DCC5FD30F29392AF567B67020BDA8E0",
        "64EE20B237AC23B0DA94D7EB5942E00DE8FC6993AECE93CF6160507D19E04AE8"
    )]
    public void GenerateKeysAndEncapsulate_OneOfEachSet_GiveTheKnownHashes(
        string name,
        string seed,
        string keys,
        string answer,
        string secret
    )
    {
        var pair = Pair.Of(Pair.Set(name), Convert.FromHexString(seed));
        Assert.Equal(keys, Convert.ToHexString(SHA256.HashData([.. pair.Public, .. pair.Secret])));
        var (ciphertext, shared) = pair.Encapsulate([.. Enumerable.Range(0, 32).Select(value => (byte)value)]);

        Assert.Equal(answer, Convert.ToHexString(SHA256.HashData(ciphertext)));
        Assert.Equal(secret, Convert.ToHexString(shared));
        Assert.Equal(shared, pair.Decapsulate(ciphertext));
    }

    private delegate bool KeyCheck(MlKemParameters parameters, ReadOnlySpan<byte> key);

    private static void CheckKeys(string name, string function, string member, KeyCheck check)
    {
        var tests = AcvpSet.Read(Use, name, function);
        Assert.Contains(tests, test => !test.GetProperty("testPassed").GetBoolean());
        Assert.Contains(tests, test => test.GetProperty("testPassed").GetBoolean());
        foreach (var test in tests)
            Assert.Equal(test.GetProperty("testPassed").GetBoolean(), check(Pair.Set(name), test.Bytes(member)));
    }
}
