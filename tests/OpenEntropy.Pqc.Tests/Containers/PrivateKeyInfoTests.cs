using System.Formats.Asn1;
using OpenEntropy.Pqc.Containers;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Containers;

public class PrivateKeyInfoTests
{
    public static TheoryData<string> Names => ContainerKey.Names;

    // RFC 9881, C.1.1.1: the example key of ML-DSA-44 in its seed form.
    [Fact]
    public void WriteSeed_SeedOfTheStandardsExample_GivesItsText()
    {
        var seed = Enumerable.Range(0, 32).Select(value => (byte)value).ToArray();
        var expected = "MDQCAQAwCwYJYIZIAWUDBAMRBCKAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";

        Assert.Equal(expected, Convert.ToBase64String(PrivateKeyInfo.WriteSeed(KeyAlgorithm.Named("ML-DSA-44"), seed)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_EachForm_GivesAllPartsThatFollow(string name)
    {
        var key = new ContainerKey(name);
        foreach (var form in Enum.GetValues<PrivateKeyForm>())
        {
            using var parts = PrivateKeyInfo.Read(key.Pkcs8(form));

            Assert.Equal((key.Algorithm, form), (parts.Algorithm, parts.Form));
            Assert.Equal(form == PrivateKeyForm.Expanded ? [] : key.Seed, parts.Seed.ToArray());
            Assert.Equal(key.ExpandedKey, parts.ExpandedKey.ToArray());
            Assert.Equal(key.PublicKey, parts.PublicKey.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_FrameOfTheSeedAltered_IsRefused(string name)
    {
        var key = new ContainerKey(name);
        var written = key.Pkcs8(PrivateKeyForm.Seed);
        for (var at = 0; at < written.Length - key.Seed.Length; at++)
        {
            for (var change = 1; change < 256; change++)
            {
                var altered = written.ToArray();
                altered[at] ^= (byte)change;
                if (IsAnotherAlgorithmWithSuchASeed(key, altered))
                    continue;
                Assert.Throws<KeyFormatException>(() => PrivateKeyInfo.Read(altered));
            }
        }
    }

    // With both forms every byte is checked by another: none can be altered.
    [Theory]
    [MemberData(nameof(Names))]
    public void Read_OneBitOfBothFlipped_IsRefused(string name)
    {
        var written = new ContainerKey(name).Pkcs8(PrivateKeyForm.Both);
        for (var at = 0; at < written.Length; at += at < 160 ? 1 : 17)
        {
            var altered = written.ToArray();
            altered[at] ^= (byte)(1 << (at % 8));
            Assert.Throws<KeyFormatException>(() => PrivateKeyInfo.Read(altered));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_CutOffAnywhereOrContinued_IsRefused(string name)
    {
        foreach (var form in Enum.GetValues<PrivateKeyForm>())
        {
            var written = new ContainerKey(name).Pkcs8(form);
            for (var length = 0; length < written.Length; length += length < 100 ? 1 : 41)
                Assert.Throws<KeyFormatException>(() => PrivateKeyInfo.Read(written.AsMemory(0, length)));

            Assert.Throws<KeyFormatException>(() => PrivateKeyInfo.Read((byte[])[.. written, 0]));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_PartsOfDifferentKeys_AreNamed(string name)
    {
        var (one, other) = (new ContainerKey(name), new ContainerKey(name, "another"));
        var both = PrivateKeyInfo.WriteBoth(one.Algorithm, one.Seed, other.ExpandedKey);
        var mismatched = Write(one, version: 1, other.PublicKey);

        Assert.Equal($"The expanded key of {name} is not that of the seed.", Refusal(both));
        Assert.Equal($"The public key of {name} is not that of the private key.", Refusal(mismatched));
        PrivateKeyInfo.Read(Write(one, version: 1, one.PublicKey)).Dispose(); // RFC 5958's version 2
    }

    [Theory]
    [InlineData("ML-DSA-65")]
    [InlineData("ML-KEM-768")]
    public void Read_ExpandedKeyThatContradictsItself_IsNamed(string name)
    {
        var key = new ContainerKey(name);
        var altered = key.ExpandedKey.ToArray();
        altered[name == "ML-DSA-65" ? 200 : 1200] ^= 1; // of s1; of the public key within

        Assert.Equal($"The expanded key of {name} is inconsistent.", Refusal(PrivateKeyInfo.WriteExpanded(key.Algorithm, altered)));
    }

    [Fact]
    public void Read_VersionAndPublicKeyThatDoNotBelongTogether_AreRefused()
    {
        var key = new ContainerKey("ML-DSA-44");

        Assert.Equal("A OneAsymmetricKey has version 0 or 1.", Refusal(Write(key, version: 2, publicKey: null)));
        Assert.Equal("A OneAsymmetricKey has bytes after its end.", Refusal(Write(key, version: 0, key.PublicKey)));
        Assert.StartsWith("A OneAsymmetricKey is not DER", Refusal(Write(key, version: 1, publicKey: null)), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Attributes_AreSteppedOver()
    {
        var key = new ContainerKey("ML-DSA-44");

        PrivateKeyInfo.Read(Write(key, version: 0, publicKey: null, withAttributes: true)).Dispose();
        PrivateKeyInfo.Read(Write(key, version: 1, key.PublicKey, withAttributes: true)).Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_WrongLength_IsNamed(string name)
    {
        var algorithm = KeyAlgorithm.Named(name);
        var (seed, expanded) = (new byte[algorithm.SeedBytes + 1], new byte[algorithm.ExpandedKeyBytes - 1]);

        var ofSeed = Assert.Throws<ArgumentException>(() => PrivateKeyInfo.WriteSeed(algorithm, seed));
        var ofExpanded = Assert.Throws<ArgumentException>(() => PrivateKeyInfo.WriteExpanded(algorithm, expanded));
        Assert.Contains($"{algorithm.SeedBytes} bytes, not {seed.Length}", ofSeed.Message, StringComparison.Ordinal);
        Assert.Contains($"{algorithm.ExpandedKeyBytes} bytes, not {expanded.Length}", ofExpanded.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PrivateKeyInfo.WriteBoth(algorithm, seed, new byte[algorithm.ExpandedKeyBytes]));
        Assert.Throws<ArgumentException>(() => PrivateKeyInfo.WriteBoth(algorithm, new byte[algorithm.SeedBytes], expanded));
    }

    [Fact]
    public void Parts_Disposed_AreZeroedAndRefused()
    {
        var parts = PrivateKeyInfo.Read(new ContainerKey("ML-DSA-44").Pkcs8(PrivateKeyForm.Both));
        var seed = parts.Seed;
        var expanded = parts.ExpandedKey;
        parts.Dispose();

        Assert.False(seed.ContainsAnyExcept((byte)0) || expanded.ContainsAnyExcept((byte)0));
        Assert.Throws<ObjectDisposedException>(() => parts.Seed.Length);
        Assert.Throws<ObjectDisposedException>(() => parts.ExpandedKey.Length);
    }

    // A seed says nothing of its parameter set: only the identifier does.
    private static bool IsAnotherAlgorithmWithSuchASeed(ContainerKey key, byte[] altered) =>
        KeyAlgorithm.All.Any(other =>
            other != key.Algorithm
            && other.SeedBytes == key.Seed.Length
            && PrivateKeyInfo.WriteSeed(other, key.Seed).AsSpan().SequenceEqual(altered)
        );

    private static string Refusal(byte[] encoded) => Assert.Throws<KeyFormatException>(() => PrivateKeyInfo.Read(encoded)).Message;

    private static byte[] Write(ContainerKey key, int version, byte[]? publicKey, bool withAttributes = false)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(version);
            using (writer.PushSequence())
                writer.WriteObjectIdentifier(key.Algorithm.Oid);
            using (writer.PushOctetString())
                writer.WriteOctetString(key.Seed, new Asn1Tag(TagClass.ContextSpecific, 0));
            if (withAttributes)
                writer.PushSetOf(new Asn1Tag(TagClass.ContextSpecific, 0)).Dispose();
            if (publicKey is not null)
                writer.WriteBitString(publicKey, 0, new Asn1Tag(TagClass.ContextSpecific, 1));
        }

        return writer.Encode();
    }
}
