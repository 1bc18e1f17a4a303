using OpenEntropy.Pqc.Falcon;
using OpenEntropy.Pqc.Falcon.Formats;
using OpenEntropy.Pqc.Falcon.Ntru;
using OpenEntropy.Pqc.Falcon.Sampling;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Falcon;

/// <summary>What a peer could send that is no signature of the message by the key: all of it is refused, and nothing else happens.</summary>
public class RefusalTests
{
    public static TheoryData<string, string> Kinds =>
        new()
        {
            { "Falcon-512", "Compressed" },
            { "Falcon-512", "Padded" },
            { "Falcon-1024", "Compressed" },
            { "Falcon-1024", "Padded" },
        };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Verify_EveryBitOfTheSignatureFlipped_IsRefused(string name, string formatName)
    {
        var format = Enum.Parse<FalconSignatureFormat>(formatName);
        var (key, message, signature) = FalconCases.Signed(name, format);
        using var secret = key;
        Assert.True(key.PublicKey.Verify(message, signature, format));
        for (var bit = 0; bit < 8 * signature.Length; bit++)
        {
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(key.PublicKey.Verify(message, signature, format), $"bit {bit}");
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Verify_EveryOtherLength_IsRefused(string name, string formatName)
    {
        var format = Enum.Parse<FalconSignatureFormat>(formatName);
        var (key, message, signature) = FalconCases.Signed(name, format);
        using var secret = key;
        for (var length = 0; length < 2 * signature.Length; length++)
        {
            var resized = signature.ToArray();
            Array.Resize(ref resized, length);
            Assert.Equal(length == signature.Length, key.PublicKey.Verify(message, resized, format));
        }
    }

    [Theory]
    [InlineData("Falcon-512")]
    [InlineData("Falcon-1024")]
    public void Verify_OtherFormat_IsRefused(string name)
    {
        var (key, message, padded) = FalconCases.Signed(name, FalconSignatureFormat.Padded);
        using var secret = key;
        Assert.Equal(0, padded[^1]);
        Assert.False(key.PublicKey.Verify(message, padded, FalconSignatureFormat.Compressed));

        // Without its padding it is the compressed signature.
        var compressed = padded.AsSpan().TrimEnd((byte)0).ToArray();
        Assert.True(key.PublicKey.Verify(message, compressed, FalconSignatureFormat.Compressed));
        Assert.False(key.PublicKey.Verify(message, compressed, FalconSignatureFormat.Padded));
    }

    [Theory]
    [InlineData("Falcon-512", "Falcon-1024")]
    [InlineData("Falcon-1024", "Falcon-512")]
    public void Decode_OtherSetsKeys_AreRefused(string name, string other)
    {
        using var key = FalconCases.Key(name);
        Assert.False(FalconPublicKey.TryDecode(FalconCases.Set(other), key.PublicKey.Encoded, out _));
        Assert.False(FalconPrivateKey.TryDecode(FalconCases.Set(other), key.Encode(), out _));
    }

    // A key with one bit changed is another key, or none: it verifies nothing of the first.
    [Fact]
    public void Verify_EveryByteOfThePublicKeyChanged_IsRefused()
    {
        var (key, message, signature) = FalconCases.Signed("Falcon-512", FalconSignatureFormat.Padded);
        using var secret = key;
        var encoded = key.PublicKey.Encoded.ToArray();
        for (var i = 0; i < encoded.Length; i++)
        {
            var altered = encoded.ToArray();
            altered[i] ^= (byte)(1 << (i % 8));
            Assert.False(
                FalconPublicKey.TryDecode(FalconParameters.Falcon512, altered, out var publicKey)
                    && publicKey.Verify(message, signature, FalconSignatureFormat.Padded)
            );
        }
    }

    // One changed coefficient breaks f G − g F = q, or the range of G: every bit of f, g and F is decisive.
    [Theory]
    [InlineData("Falcon-512")]
    [InlineData("Falcon-1024")]
    public void Decode_EveryByteOfThePrivateKeyChanged_IsRefused(string name)
    {
        using var key = FalconCases.Key(name);
        var encoded = key.Encode();
        for (var i = 0; i < encoded.Length; i++)
        {
            encoded[i] ^= (byte)(1 << (i % 8));
            Assert.False(FalconPrivateKey.TryDecode(key.Parameters, encoded, out _), $"byte {i}");
            encoded[i] ^= (byte)(1 << (i % 8));
        }
        using var again = FalconPrivateKey.Decode(key.Parameters, encoded);
        Assert.Equal(key.PublicKey.Encoded, again.PublicKey.Encoded);
    }

    [Fact]
    public void Decode_WrongLengths_SaysTheLength()
    {
        using var key = FalconCases.Key("Falcon-512");
        foreach (var length in new[] { 0, 1, 896, 898, 1280, 1282, 4000 })
        {
            var publicRefusal = Assert.Throws<ArgumentException>(() =>
                FalconPublicKey.Decode(FalconParameters.Falcon512, new byte[length])
            );
            var privateRefusal = Assert.Throws<ArgumentException>(() =>
                FalconPrivateKey.Decode(FalconParameters.Falcon512, new byte[length])
            );
            Assert.Contains($"({length} given)", publicRefusal.Message, StringComparison.Ordinal);
            Assert.Contains($"({length} given)", privateRefusal.Message, StringComparison.Ordinal);
        }
    }

    // The equation holds, but signatures by so poor a basis would tell of it: their deviations would be below what hides it.
    [Theory]
    [InlineData("Falcon-512")]
    [InlineData("Falcon-1024")]
    public void Decode_PrivateKeyBeyondTheGramSchmidtBound_IsRefused(string name)
    {
        var set = FalconCases.Set(name);
        using var stream = new ShakeStream(FalconCases.Bytes($"poor {name}", 48));
        var gaussian = set.LogDegree == 9 ? KeyGaussian.Of512 : KeyGaussian.Of1024;
        var (f, g, bigF, bigG) = (new sbyte[set.Degree], new sbyte[set.Degree], new sbyte[set.Degree], new sbyte[set.Degree]);
        bool drawn;
        do
        {
            drawn = gaussian.TryFill(stream.Fill, f, PrivateKeyEncoding.MaxMagnitude(set.SmallBits));
            drawn &= gaussian.TryFill(stream.Fill, g, PrivateKeyEncoding.MaxMagnitude(set.SmallBits));
        } while (!drawn || BasisQuality.IsAcceptable(f, g) || !NtruSolver.TrySolve(f, g, bigF, bigG));

        Assert.True(NtruEquation.Holds(f, g, bigF, bigG));
        Assert.False(FalconPrivateKey.TryDecode(set, PrivateKeyEncoding.Encode(set, f, g, bigF), out _));
    }

    [Fact]
    public void Decode_PrivateKeyOfTrivialPolynomials_IsRefused()
    {
        var (f, g, bigF) = (new sbyte[512], new sbyte[512], new sbyte[512]);
        Assert.False(FalconPrivateKey.TryDecode(FalconParameters.Falcon512, Encode(), out _)); // f = g = F = 0

        // Short, so that what is orthogonal to it is long: q is out of every coefficient's range.
        f[0] = 1;
        Assert.False(FalconPrivateKey.TryDecode(FalconParameters.Falcon512, Encode(), out _));
        g[0] = 1;
        Assert.False(FalconPrivateKey.TryDecode(FalconParameters.Falcon512, Encode(), out _));

        byte[] Encode() => PrivateKeyEncoding.Encode(FalconParameters.Falcon512, f, g, bigF);
    }
}
