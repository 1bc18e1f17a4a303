using System.Formats.Asn1;
using OpenEntropy.Pqc.Containers;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Containers;

public class SubjectPublicKeyInfoTests
{
    public static TheoryData<string> Names => ContainerKey.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_Written_GivesAlgorithmAndKey(string name)
    {
        var key = new ContainerKey(name);

        var (algorithm, publicKey) = SubjectPublicKeyInfo.Read(key.Spki);

        Assert.Same(key.Algorithm, algorithm);
        Assert.Equal(key.PublicKey, publicKey);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_CutOffAnywhereOrContinued_IsRefused(string name)
    {
        var written = new ContainerKey(name).Spki;
        for (var length = 0; length < written.Length; length += length < 40 ? 1 : 37)
            Assert.Throws<KeyFormatException>(() => SubjectPublicKeyInfo.Read(written.AsMemory(0, length)));

        var refusal = Assert.Throws<KeyFormatException>(() => SubjectPublicKeyInfo.Read((byte[])[.. written, 0]));
        Assert.Equal("A SubjectPublicKeyInfo has bytes after its end.", refusal.Message);
    }

    // What is not the key is fixed: each other value of each of its bytes is refused.
    [Theory]
    [MemberData(nameof(Names))]
    public void Read_FrameAltered_IsRefused(string name)
    {
        var key = new ContainerKey(name);
        var written = key.Spki;
        for (var at = 0; at < written.Length - key.PublicKey.Length; at++)
        {
            for (var change = 1; change < 256; change++)
            {
                var altered = written.ToArray();
                altered[at] ^= (byte)change;
                // Another algorithm's identifier changes the length that the key must have.
                Assert.Throws<KeyFormatException>(() => SubjectPublicKeyInfo.Read(altered));
            }
        }
    }

    [Theory]
    [InlineData("1.3.101.112", 32, "The object identifier 1.3.101.112 is neither of ML-KEM nor of ML-DSA.")]
    [InlineData("2.16.840.1.101.3.4.3.18", 1951, "A public key of ML-DSA-65 has 1952 bytes, not 1951.")]
    [InlineData("2.16.840.1.101.3.4.3.18", 1953, "A public key of ML-DSA-65 has 1952 bytes, not 1953.")]
    [InlineData("2.16.840.1.101.3.4.3.17", 1952, "A public key of ML-DSA-44 has 1312 bytes, not 1952.")]
    [InlineData("2.16.840.1.101.3.4.4.2", 0, "A public key of ML-KEM-768 has 1184 bytes, not 0.")]
    public void Read_OtherIdentifierOrLength_IsNamed(string oid, int length, string message)
    {
        var written = Write(oid, new byte[length], unusedBits: 0, withNull: false);

        Assert.Equal(message, Assert.Throws<KeyFormatException>(() => SubjectPublicKeyInfo.Read(written)).Message);
    }

    // RFC 9935, 3 and RFC 9881, 2: the parameters MUST be absent.
    [Fact]
    public void Read_ParametersOrPartsOfAByte_AreNamed()
    {
        const string Oid = "2.16.840.1.101.3.4.3.18";
        var withNull = Write(Oid, new byte[1952], unusedBits: 0, withNull: true);
        var partial = Write(Oid, new byte[1952], unusedBits: 3, withNull: false);

        Assert.Equal(
            "An identifier of ML-DSA-65 has no parameters.",
            Assert.Throws<KeyFormatException>(() => SubjectPublicKeyInfo.Read(withNull)).Message
        );
        Assert.Equal(
            "A public key of ML-DSA-65 is whole bytes.",
            Assert.Throws<KeyFormatException>(() => SubjectPublicKeyInfo.Read(partial)).Message
        );
    }

    [Fact]
    public void Write_WrongLength_IsNamed()
    {
        var refusal = Assert.Throws<ArgumentException>(() => SubjectPublicKeyInfo.Write(KeyAlgorithm.Named("ML-KEM-512"), new byte[801]));

        Assert.StartsWith("A public key of ML-KEM-512 has 800 bytes, not 801.", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => KeyAlgorithm.Named("Kyber512"));
    }

    private static byte[] Write(string oid, byte[] key, int unusedBits, bool withNull)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(oid);
                if (withNull)
                    writer.WriteNull();
            }

            writer.WriteBitString(key, unusedBits);
        }

        return writer.Encode();
    }
}
