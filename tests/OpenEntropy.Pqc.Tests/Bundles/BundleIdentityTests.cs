using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Pqc.Containers;
using OpenEntropy.Pqc.Falcon;
using OpenEntropy.Pqc.MlDsa;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Bundles;

public sealed class BundleIdentityTests
{
    private const string Passphrase = "a phrase of this test";

    [Fact]
    public void Read_WhatWasWritten_SignsAsTheSame()
    {
        using var again = BundleIdentity.Read(Written(), Passphrase);

        Assert.True(again.Public.IsSame(BundleMaker.Identity.Value.Public));
        var signatures = again.Sign("payload"u8, BundleMaker.Random(5));
        var input = BundleSignature.Input(signatures[0].Protected, "payload"u8);
        Assert.True(BundleMaker.Identity.Value.Public.MlDsa.Verify(input, [], signatures[0].Bytes.Span));
    }

    [Fact]
    public void Read_AnotherPassphrase_IsRefused() =>
        Assert.Throws<KeyFormatException>(() => BundleIdentity.Read(Written(), "another phrase of this"));

    [Fact]
    public void Read_PublicKeyOfAnother_IsRefused()
    {
        using var other = BundleIdentity.Generate(BundleMaker.Random(77));
        var text = Encoding
            .UTF8.GetString(Written())
            .Replace(
                Convert.ToBase64String(BundleMaker.Identity.Value.Public.Falcon.Encoded),
                Convert.ToBase64String(other.Public.Falcon.Encoded)
            )
            .Replace(BundleMaker.Identity.Value.Public.FalconKeyId, other.Public.FalconKeyId);

        var exception = Assert.Throws<KeyFormatException>(() => BundleIdentity.Read(Encoding.UTF8.GetBytes(text), Passphrase));
        Assert.Contains("not those of the public ones", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"keys\":[]}")]
    [InlineData("{\"version\":1,\"keys\":[]}")]
    [InlineData("{\"version\":1,\"\\ud800\":[]}")]
    public void Read_NoIdentity_IsRefused(string json) =>
        Assert.Throws<KeyFormatException>(() => BundleIdentity.Read(Encoding.UTF8.GetBytes(json), Passphrase));

    [Theory]
    [InlineData("2")]
    [InlineData("\"1\"")]
    [InlineData("1.5")]
    public void Read_AnotherVersion_IsRefused(string version)
    {
        var text = Encoding.UTF8.GetString(Written()).Replace("\"version\":1,", $"\"version\":{version},", StringComparison.Ordinal);

        var exception = Assert.Throws<KeyFormatException>(() => BundleIdentity.Read(Encoding.UTF8.GetBytes(text), Passphrase));
        Assert.Contains("version 1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Generate_SameRandomness_GivesTheSameKeys()
    {
        using var again = BundleIdentity.Generate(BundleMaker.Random(1));
        using var other = BundleIdentity.Generate(BundleMaker.Random(2));

        Assert.True(again.Public.IsSame(BundleMaker.Identity.Value.Public));
        Assert.False(other.Public.IsSame(BundleMaker.Identity.Value.Public));
    }

    // As where a machine errs between the two: what is computed is no signature by the key that goes with it.
    [Theory]
    [InlineData(true, "ML-DSA-65")]
    [InlineData(false, "Falcon-512")]
    public void Sign_SignatureThatDoesNotVerify_IsWithheld(bool ofMlDsa, string named)
    {
        using var other = BundleIdentity.Generate(BundleMaker.Random(77));
        var mlDsa = MlDsaPrivateKey.Generate(MlDsaParameters.MlDsa65, BundleMaker.Random(78));
        var falcon = FalconKeyGenerator.Generate(FalconParameters.Falcon512, new byte[FalconKeyGenerator.SeedBytes]);
        var publicKeys = new PublicIdentity(
            ofMlDsa ? other.Public.MlDsa : mlDsa.PublicKey,
            ofMlDsa ? falcon.PublicKey : other.Public.Falcon
        );
        using var erring = new BundleIdentity(mlDsa, falcon, publicKeys);
        using var sound = new BundleIdentity(mlDsa, falcon, new PublicIdentity(mlDsa.PublicKey, falcon.PublicKey));

        var exception = Assert.Throws<CryptographicException>(() => erring.Sign("payload"u8, BundleMaker.Random(5)));

        Assert.Equal($"A {named} signature failed its verification and is withheld.", exception.Message);
        Assert.Equal(2, sound.Sign("payload"u8, BundleMaker.Random(5)).Count);
    }

    private static byte[] Written()
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
            BundleMaker.Identity.Value.Write(writer, DateTimeOffset.UnixEpoch, Passphrase, BundleMaker.Random(3), 1000);
        return text.WrittenSpan.ToArray();
    }
}
