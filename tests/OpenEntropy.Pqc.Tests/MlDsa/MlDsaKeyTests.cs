using System.Reflection;
using System.Security.Cryptography;
using OpenEntropy.Pqc.MlDsa;
using Xunit;

namespace OpenEntropy.Pqc.Tests.MlDsa;

public class MlDsaKeyTests
{
    public static TheoryData<string> Sets => [.. MlDsaParameters.All.Select(parameters => parameters.Name)];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Generate_ScriptedRandomness_IsTheKeyOfThoseBytes(string name)
    {
        var seed = new ScriptedBytes("seed").Next(32);
        using var generated = MlDsaPrivateKey.Generate(Set(name), new ScriptedBytes("seed").Fill);
        using var fromSeed = MlDsaPrivateKey.FromSeed(Set(name), seed);
        using var other = MlDsaPrivateKey.FromSeed(Set(name), new byte[32]);
        var exported = new byte[32];
        generated.ExportSeed(exported);

        Assert.Equal(seed, exported);
        Assert.True(generated.PublicKey.IsSame(fromSeed.PublicKey));
        Assert.False(generated.PublicKey.IsSame(other.PublicKey));
        Assert.Equal(Expanded(generated), Expanded(fromSeed));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void FromExpanded_KeyOfASeed_SignsAlikeAndHasNoSeed(string name)
    {
        using var key = KeyOf(name);
        using var expanded = MlDsaPrivateKey.FromExpanded(Set(name), Expanded(key));

        Assert.True(key.PublicKey.IsSame(expanded.PublicKey));
        Assert.Equal(key.SignDeterministically([1], []), expanded.SignDeterministically([1], []));
        Assert.True(key.HasSeed && !expanded.HasSeed);
        Assert.Throws<InvalidOperationException>(() => expanded.ExportSeed(new byte[32]));
    }

    // K, bytes 32 to 63, is free: nothing else in the key follows from it.
    [Theory]
    [MemberData(nameof(Sets))]
    public void FromExpanded_OneBitFlipped_IsRefusedOutsideK(string name)
    {
        using var key = KeyOf(name);
        var original = Expanded(key);
        for (var at = 0; at < original.Length; at += at is >= 28 and < 70 ? 1 : 23)
        {
            var flipped = original.ToArray();
            flipped[at] ^= (byte)(1 << (at % 8));
            if (at is >= 32 and < 64)
            {
                using var other = MlDsaPrivateKey.FromExpanded(key.Parameters, flipped);
                Assert.True(other.PublicKey.IsSame(key.PublicKey));
                continue;
            }

            var refusal = Assert.Throws<CryptographicException>(() => MlDsaPrivateKey.FromExpanded(key.Parameters, flipped));
            Assert.Contains($"The expanded key of {name} is inconsistent", refusal.Message, StringComparison.Ordinal);
        }
    }

    // A key whose parts agree, but with a coefficient of s1 that is greater than η: made by the steps of key generation from other secrets.
    [Theory]
    [InlineData("ML-DSA-44", 3)]
    [InlineData("ML-DSA-44", -5)]
    [InlineData("ML-DSA-65", -5)]
    [InlineData("ML-DSA-65", -11)]
    [InlineData("ML-DSA-87", -3)]
    public void FromExpanded_CoefficientOutOfRange_IsRefused(string name, int coefficient)
    {
        var parameters = Set(name);
        var script = new ScriptedBytes("range");
        var (rho, key) = (script.Next(32), script.Next(32));
        var secrets = new int[(parameters.Columns + parameters.Rows) * 256];
        var (publicKey, expanded) = (new byte[parameters.PublicKeyBytes], new byte[parameters.ExpandedKeyBytes]);
        MlDsaKeyGeneration.Finish(parameters, rho, key, MatrixSampling.Expand(parameters, rho), secrets, publicKey, expanded);
        MlDsaPrivateKey.FromExpanded(parameters, expanded).Dispose(); // in range it is taken

        secrets[5] = coefficient;
        MlDsaKeyGeneration.Finish(parameters, rho, key, MatrixSampling.Expand(parameters, rho), secrets, publicKey, expanded);
        Assert.Throws<CryptographicException>(() => MlDsaPrivateKey.FromExpanded(parameters, expanded));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void From_WrongLength_NamesIt(string name)
    {
        var parameters = Set(name);
        foreach (var (length, from) in Readers(parameters))
        {
            foreach (var wrong in new[] { 0, length - 1, length + 1 })
            {
                var refusal = Assert.Throws<ArgumentException>(() => from(new byte[wrong]));
                Assert.Contains($"{name} has {length} bytes, not {wrong}", refusal.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Dispose_Key_IsNoLongerUsed()
    {
        var key = KeyOf("ML-DSA-65");
        var unused = KeyOf("ML-DSA-65");
        key.SignDeterministically([1], []);
        key.Dispose();
        key.Dispose();
        unused.Dispose();

        Assert.Throws<ObjectDisposedException>(() => key.SignDeterministically([1], []));
        Assert.Throws<ObjectDisposedException>(() => unused.SignDeterministically([1], []));
        Assert.Throws<ObjectDisposedException>(() => key.ExportSeed(new byte[32]));
        Assert.Throws<ObjectDisposedException>(() => key.ExportExpanded(new byte[4032]));
    }

    [Fact]
    public void Dispose_KeyThatHasSigned_LeavesNoSecretInItsFields()
    {
        var key = KeyOf("ML-DSA-65");
        key.SignDeterministically([1], []);
        var signer = Fields(key).OfType<Lazy<MlDsaSigner>>().Single().Value;
        var matrix = key.PublicKey.Verifier.Matrix;
        List<Array> secrets = [.. Fields(key).Concat(Fields(signer)).OfType<Array>().Where(array => array != matrix)];
        Assert.Equal([32, 4032, 32, (5 + 6 + 6) * 256], secrets.Select(array => array.Length));
        Assert.All(secrets, array => Assert.Contains(array.Cast<object>(), value => Convert.ToInt32(value) != 0));

        key.Dispose();

        Assert.All(secrets, array => Assert.DoesNotContain(array.Cast<object>(), value => Convert.ToInt32(value) != 0));
    }

    // What a signature would be that was made while the key was zeroed under it.
    [Fact]
    public void Sign_SignerDisposed_GivesNoSignature()
    {
        using var key = KeyOf("ML-DSA-44");
        var signer = new MlDsaSigner(key.Parameters, Expanded(key), key.PublicKey.Verifier.Matrix);
        var signature = new byte[key.Parameters.SignatureBytes];
        signer.Sign(new byte[64], new byte[32], signature);
        Assert.Contains(signature, value => value != 0);
        signer.Dispose();

        Assert.Throws<ObjectDisposedException>(() => signer.Sign(new byte[64], new byte[32], signature));
        Assert.DoesNotContain(signature, value => value != 0);
    }

    private static IEnumerable<object?> Fields(object of) =>
        of.GetType()
            .GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
            .OrderBy(field => field.MetadataToken)
            .Select(field => field.GetValue(of));

    private static IEnumerable<(int Length, Action<byte[]> From)> Readers(MlDsaParameters parameters) =>
        [
            (32, bytes => MlDsaPrivateKey.FromSeed(parameters, bytes).Dispose()),
            (parameters.ExpandedKeyBytes, bytes => MlDsaPrivateKey.FromExpanded(parameters, bytes).Dispose()),
            (parameters.PublicKeyBytes, bytes => MlDsaPublicKey.FromBytes(parameters, bytes)),
        ];

    private static byte[] Expanded(MlDsaPrivateKey key)
    {
        var expanded = new byte[key.Parameters.ExpandedKeyBytes];
        key.ExportExpanded(expanded);
        return expanded;
    }

    private static MlDsaParameters Set(string name) => MlDsaParameters.All.Single(parameters => parameters.Name == name);

    private static MlDsaPrivateKey KeyOf(string name) => MlDsaPrivateKey.Generate(Set(name), new ScriptedBytes($"key {name}").Fill);
}
