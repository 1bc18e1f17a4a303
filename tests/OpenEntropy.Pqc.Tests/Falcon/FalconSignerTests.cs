using System.Security.Cryptography;
using OpenEntropy.Pqc.Falcon;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Falcon;

public class FalconSignerTests
{
    [Theory]
    [InlineData("Falcon-512", "Compressed")]
    [InlineData("Falcon-512", "Padded")]
    [InlineData("Falcon-1024", "Compressed")]
    [InlineData("Falcon-1024", "Padded")]
    public void Sign_MessagesOfManyLengths_VerifiesForThemOnly(string name, string formatName)
    {
        var format = Enum.Parse<FalconSignatureFormat>(formatName);
        using var key = FalconCases.Key(name);
        using var signer = new FalconSigner(key);
        var random = FalconCases.Randomness($"sign {name} {format}");
        for (var length = 0; length < 300; length++)
        {
            var message = FalconCases.Bytes($"message {length}", length);
            var signature = signer.Sign(message, format, random);

            Assert.True(key.PublicKey.Verify(message, signature, format));
            Assert.False(key.PublicKey.Verify([.. message, 0], signature, format));
            Assert.Equal(0x30 + key.Parameters.LogDegree, signature[0]);
            if (format == FalconSignatureFormat.Padded)
                Assert.Equal(key.Parameters.PaddedSignatureBytes, signature.Length);
        }
    }

    // A basis of zeros has no short vector: without a look at it, signing would have no end.
    [Fact]
    public void Sign_DisposedMeanwhile_Ends()
    {
        using var key = FalconCases.Key("Falcon-512");
        var signer = new FalconSigner(key);
        var random = FalconCases.Randomness("disposed");
        var calls = 0;

        Assert.Throws<ObjectDisposedException>(() =>
            signer.Sign(
                "message"u8,
                FalconSignatureFormat.Padded,
                target =>
                {
                    random(target);
                    if (++calls == 2)
                        signer.Dispose();
                }
            )
        );
    }

    // The body that the padded format has no room for, before one that it has, must leave nothing in the padding: with many signatures some are drawn again.
    [Fact]
    public void Sign_LongCompressedSignatures_OccurAndArePaddedToo()
    {
        using var key = FalconCases.Key("Falcon-1024");
        using var signer = new FalconSigner(key);
        var (longer, padded) = (0, 0);
        var compressedRandom = FalconCases.Randomness("long");
        var paddedRandom = FalconCases.Randomness("long");
        for (var i = 0; i < 1500; i++)
        {
            var message = BitConverter.GetBytes(i);
            var compressed = signer.Sign(message, FalconSignatureFormat.Compressed, compressedRandom);
            if (compressed.Length <= key.Parameters.PaddedSignatureBytes)
            {
                paddedRandom(new byte[40]);
                paddedRandom(new byte[56]);
                continue;
            }
            longer++;
            padded += key.PublicKey.Verify(
                message,
                signer.Sign(message, FalconSignatureFormat.Padded, paddedRandom),
                FalconSignatureFormat.Padded
            )
                ? 1
                : 0;
        }
        Assert.InRange(longer, 1, 300);
        Assert.Equal(longer, padded);
    }

    [Fact]
    public void Sign_Randomness_IsTheSaltAndThenTheSamplersSeed()
    {
        var asked = new List<int>();
        using var key = FalconCases.Key("Falcon-512");
        using var signer = new FalconSigner(key);
        var signature = signer.Sign(
            [1],
            FalconSignatureFormat.Padded,
            target =>
            {
                asked.Add(target.Length);
                target.Fill((byte)asked.Count);
            }
        );

        Assert.Equal([40, 56], asked);
        Assert.All(signature[1..41], value => Assert.Equal(1, value));
    }

    [Fact]
    public void Sign_RandomnessFails_FailsToo()
    {
        using var key = FalconCases.Key("Falcon-512");
        using var signer = new FalconSigner(key);

        Assert.Throws<InvalidOperationException>(() =>
            signer.Sign([1], FalconSignatureFormat.Padded, _ => throw new InvalidOperationException("not seeded"))
        );
    }

    // A fault is induced: what the key computes is not what its public key verifies.
    [Fact]
    public void Sign_SignatureThatDoesNotVerify_IsWithheld()
    {
        using var key = FalconCases.Key("Falcon-512");
        using var other = FalconCases.Key("Falcon-512", "other");
        using var signer = new FalconSigner(key, other.PublicKey);

        Assert.Throws<CryptographicException>(() => signer.Sign([1], FalconSignatureFormat.Padded, FalconCases.Randomness("fault")));
    }

    [Fact]
    public void Sign_AfterTheKeyIsZeroed_IsRefused()
    {
        var key = FalconCases.Key("Falcon-512");
        var signer = new FalconSigner(key);
        key.Dispose();
        Assert.NotEmpty(signer.Sign([1], FalconSignatureFormat.Padded, FalconCases.Randomness("zeroed")));
        signer.Dispose();

        Assert.Throws<ObjectDisposedException>(() => signer.Sign([1], FalconSignatureFormat.Padded, FalconCases.Randomness("zeroed")));
        Assert.Throws<ObjectDisposedException>(() => key.Encode());
        Assert.Throws<ObjectDisposedException>(() => new FalconSigner(key));
    }

    [Fact]
    public void Sign_ManyThreadsAtOnce_GivesWhatOneThreadGives()
    {
        using var key = FalconCases.Key("Falcon-512");
        using var signer = new FalconSigner(key);
        var alone = Enumerable.Range(0, 64).Select(Sign).ToArray();
        var together = new byte[alone.Length][];
        Parallel.For(0, alone.Length, i => together[i] = Sign(i));

        Assert.Equal(alone, together);

        byte[] Sign(int i) => signer.Sign([(byte)i], FalconSignatureFormat.Padded, FalconCases.Randomness($"thread {i}"));
    }
}
