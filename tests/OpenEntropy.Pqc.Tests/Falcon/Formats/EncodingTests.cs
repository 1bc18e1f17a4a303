using OpenEntropy.Pqc.Falcon.Formats;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Falcon.Formats;

public class EncodingTests
{
    [Theory]
    [InlineData("Falcon-512")]
    [InlineData("Falcon-1024")]
    public void PublicKey_CoefficientsUpToQ_AreReadAndFromThereRefused(string name)
    {
        var set = FalconCases.Set(name);
        var coefficients = Enumerable.Range(0, set.Degree).Select(i => (uint)((i * 7919) + 12288) % 12289).ToArray();
        var encoded = PublicKeyEncoding.Encode(set, coefficients);
        var read = new uint[set.Degree];
        Assert.True(PublicKeyEncoding.TryDecode(set, encoded, read));
        Assert.Equal(coefficients, read);

        foreach (var i in new[] { 0, 1, 2, 3, set.Degree / 2, set.Degree - 1 })
        {
            foreach (var (value, accepted) in new[] { (12288u, true), (12289u, false), (16383u, false) })
            {
                var changed = coefficients.ToArray();
                changed[i] = value;
                Assert.Equal(accepted, PublicKeyEncoding.TryDecode(set, PublicKeyEncoding.Encode(set, changed), read));
            }
        }
        for (var header = 0; header < 256; header++)
        {
            encoded[0] = (byte)header;
            Assert.Equal(header == set.LogDegree, PublicKeyEncoding.TryDecode(set, encoded, read));
        }
    }

    [Theory]
    [InlineData("Falcon-512", 31)]
    [InlineData("Falcon-1024", 15)]
    public void PrivateKey_WholeRange_IsReadAndTheLeastValueRefused(string name, int limit)
    {
        var set = FalconCases.Set(name);
        var small = Enumerable.Range(0, set.Degree).Select(i => (sbyte)((i % ((2 * limit) + 1)) - limit)).ToArray();
        var large = Enumerable.Range(0, set.Degree).Select(i => (sbyte)((i % 255) - 127)).ToArray();
        var (f, g, bigF) = (new sbyte[set.Degree], new sbyte[set.Degree], new sbyte[set.Degree]);
        Assert.True(PrivateKeyEncoding.TryDecode(set, PrivateKeyEncoding.Encode(set, small, [.. small.Reverse()], large), f, g, bigF));
        Assert.Equal(small, f);
        Assert.Equal(small.Reverse(), g);
        Assert.Equal(large, bigF);

        foreach (var i in new[] { 0, 1, 7, set.Degree - 1 })
        {
            var least = small.ToArray();
            least[i] = (sbyte)(-limit - 1);
            var leastLarge = large.ToArray();
            leastLarge[i] = -128;
            Assert.False(PrivateKeyEncoding.TryDecode(set, PrivateKeyEncoding.Encode(set, least, small, large), f, g, bigF));
            Assert.False(PrivateKeyEncoding.TryDecode(set, PrivateKeyEncoding.Encode(set, small, least, large), f, g, bigF));
            Assert.False(PrivateKeyEncoding.TryDecode(set, PrivateKeyEncoding.Encode(set, small, small, leastLarge), f, g, bigF));
        }
    }

    // Algorithm 17 by hand: sign, seven bits, zeros, one.
    [Theory]
    [InlineData("0", "00000000 10000000")]
    [InlineData("1", "00000001 10000000")]
    [InlineData("-1", "10000001 10000000")]
    [InlineData("127", "01111111 10000000")]
    [InlineData("128", "00000000 01000000")]
    [InlineData("-300", "10101100 00100000")]
    [InlineData("2047", "01111111 00000000 00000001")]
    [InlineData("1 -2", "00000001 11000001 01000000")]
    [InlineData("0 0 0 0 0 0 0 0", "00000000 10000000 01000000 00100000 00010000 00001000 00000100 00000010 00000001")]
    public void Compress_Coefficients_GivesTheBits(string coefficients, string bits)
    {
        var values = coefficients.Split(' ').Select(int.Parse).ToArray();
        var expected = bits.Split(' ').Select(octet => Convert.ToByte(octet, 2)).ToArray();
        var compressed = new byte[40];
        var written = SignatureCompression.Compress(values, compressed);
        Assert.Equal(expected, compressed[..written]);

        var read = new int[values.Length];
        Assert.Equal(written, SignatureCompression.Decompress(compressed.AsSpan(0, written), read));
        Assert.Equal(values, read);
        Assert.Equal(written, SignatureCompression.Decompress(compressed, read)); // what follows is the caller's to judge
        Assert.Equal(-1, SignatureCompression.Compress(values, compressed.AsSpan(0, written - 1)));
        Assert.Equal(-1, SignatureCompression.Decompress(expected.AsSpan(0, written - 1), read));
    }

    [Theory]
    [InlineData("10000000 10000000")] // −0
    [InlineData("00000000 11000000")] // a bit after the last coefficient
    [InlineData("00000000 10000001")]
    [InlineData("01111111 00000000 00000000 10000000")] // 2048 + 127: the unary part is one longer than any
    [InlineData("00000000 00000000 00000000 00000000 00000001")]
    [InlineData("00000000")] // no end
    [InlineData("")]
    public void Decompress_NoEncoding_IsRefused(string bits)
    {
        var source = bits.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(octet => Convert.ToByte(octet, 2)).ToArray();

        Assert.Equal(-1, SignatureCompression.Decompress(source, new int[1]));
    }

    [Theory]
    [InlineData(2048)]
    [InlineData(-2048)]
    [InlineData(int.MaxValue)]
    public void Compress_TooLargeAMagnitude_IsRefused(int coefficient) =>
        Assert.Equal(-1, SignatureCompression.Compress([coefficient], new byte[40]));

    // An encoding is read back to itself, or not read at all: nothing has two encodings.
    [Fact]
    public void Decompress_RandomBytes_CompressesToTheSame()
    {
        var accepted = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var source = FalconCases.Bytes($"compressed {round}", 12);
            var coefficients = new int[4 + (round % 5)];
            var read = SignatureCompression.Decompress(source, coefficients);
            if (read < 0)
                continue;
            accepted++;
            var again = new byte[read];
            Assert.Equal(read, SignatureCompression.Compress(coefficients, again));
            Assert.Equal(source[..read], again);
        }
        Assert.InRange(accepted, 1000, 15_000);
    }
}
