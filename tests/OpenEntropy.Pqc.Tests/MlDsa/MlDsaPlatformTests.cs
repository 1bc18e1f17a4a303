using System.Security.Cryptography;
using OpenEntropy.Pqc.MlDsa;
using Xunit;

namespace OpenEntropy.Pqc.Tests.MlDsa;

public class MlDsaPlatformTests
{
    [PlatformMlDsaFact]
    public void Generate_ManySeeds_GivesTheKeysOfOurs()
    {
        var script = new ScriptedBytes("platform");
        foreach (var parameters in MlDsaParameters.All)
        {
            for (var round = 0; round < 50; round++)
            {
                var seed = script.Next(MlDsaParameters.SeedBytes);
                var (platform, ours) = (Keys(parameters), Keys(parameters));
                MlDsaPlatform.Generate(parameters, seed, platform.Public, platform.Expanded);
                MlDsaKeyGeneration.Generate(parameters, seed, ours.Public, ours.Expanded);

                Assert.Equal(ours.Public, platform.Public);
                Assert.Equal(ours.Expanded, platform.Expanded);
            }
        }
    }

    [PlatformMlDsaFact]
    public void Verify_OurSignatures_AreAcceptedAndAlteredOnesAreNot()
    {
        foreach (var parameters in MlDsaParameters.All)
        {
            using var key = MlDsaPrivateKey.Generate(parameters, new ScriptedBytes("platform verify").Fill);
            var signature = key.SignDeterministically([1], [2]);
            var publicKey = key.PublicKey.Encoded.Span;
            Assert.True(MlDsaPlatform.Verify(parameters, publicKey, [1], [2], signature));
            Assert.False(MlDsaPlatform.Verify(parameters, publicKey, [1], [3], signature));
            signature[7] ^= 1;
            Assert.False(MlDsaPlatform.Verify(parameters, publicKey, [1], [2], signature));
        }
    }

    private static (byte[] Public, byte[] Expanded) Keys(MlDsaParameters parameters) =>
        (new byte[parameters.PublicKeyBytes], new byte[parameters.ExpandedKeyBytes]);
}

/// <summary>A test against the platform's ML-DSA: skipped where it has none, as with OpenSSL before 3.5.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PlatformMlDsaFactAttribute : FactAttribute
{
    public PlatformMlDsaFactAttribute() =>
        Skip = MLDsa.IsSupported ? null : "The platform has no ML-DSA: that needs OpenSSL 3.5 or later, or Windows.";
}
