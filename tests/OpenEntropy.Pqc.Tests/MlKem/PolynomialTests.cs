using OpenEntropy.Pqc.Hashing;
using OpenEntropy.Pqc.MlKem;
using Xunit;

namespace OpenEntropy.Pqc.Tests.MlKem;

/// <summary>Encoding and sampling, against the standard's bit by bit.</summary>
public class PolynomialTests
{
    private const int N = NumberTheoreticTransform.Length;

    [Fact]
    public void EncodeAndDecode_EveryNumber_AreTwelveBitsEach()
    {
        short[] numbers = [.. Enumerable.Range(0, 4096).Select(value => (short)value)];
        var bits = string.Concat(numbers.Select(value => LittleEndian(value % Field.Q, 12)));
        var encoded = new byte[numbers.Length * 12 / 8];
        PolynomialEncoding.Encode(numbers, encoded);
        Assert.Equal(bits, Bits(encoded));

        var all = Pack(string.Concat(numbers.Select(value => LittleEndian(value, 12))));
        var decoded = new short[numbers.Length];
        PolynomialEncoding.Decode(all, decoded);
        Assert.Equal(numbers, decoded);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(11)]
    public void CompressAndDecompress_ManyNumbers_AreThatManyBitsEach(int bits)
    {
        short[] numbers = [.. Enumerable.Range(-1024, 4 * N).Select(value => (short)(value * 5))];
        var encoded = new byte[numbers.Length * bits / 8];
        PolynomialEncoding.Compress(numbers, bits, encoded);
        Assert.Equal(string.Concat(numbers.Select(value => LittleEndian(Field.Compress(value, bits), bits))), Bits(encoded));

        var decoded = new short[numbers.Length];
        PolynomialEncoding.Decompress(encoded, bits, decoded);
        Assert.Equal(numbers.Select(value => Field.Decompress(Field.Compress(value, bits), bits)), decoded);
    }

    [Fact]
    public void IsCanonical_EachNumberInBothPlaces_IsBelowQ()
    {
        for (var value = 0; value < 4096; value++)
        {
            Assert.Equal(value < Field.Q, PolynomialEncoding.IsCanonical(Pack(LittleEndian(value, 12) + LittleEndian(0, 12))));
            Assert.Equal(value < Field.Q, PolynomialEncoding.IsCanonical(Pack(LittleEndian(3328, 12) + LittleEndian(value, 12))));
        }
    }

    // FIPS 203, Algorithm 8, from its bits.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void SampleNoise_SomeSeeds_IsTheDifferenceOfTwoSumsOfBits(int eta)
    {
        for (var round = 0; round < 10; round++)
        {
            var seed = Pair.Bytes(32, "noise", eta, round);
            var given = new short[3 * N];
            PolynomialSampling.SampleNoise(seed, round, eta, given);
            for (var polynomial = 0; polynomial < 3; polynomial++)
            {
                var bits = Bits(Squeeze(Sponge.Shake256(), [.. seed, (byte)(round + polynomial)], 64 * eta));
                for (var i = 0; i < N; i++)
                {
                    var own = bits.Substring(2 * i * eta, 2 * eta);
                    Assert.Equal(own[..eta].Count(bit => bit == '1') - own[eta..].Count(bit => bit == '1'), given[(polynomial * N) + i]);
                }
            }
        }
    }

    // FIPS 203, Algorithm 7, three bytes at a time of one long output; long enough for 4 blocks, which some of these need.
    [Fact]
    public void SampleUniform_ManySeeds_AreTheCandidatesBelowQ()
    {
        var most = 0;
        for (var round = 0; round < 300; round++)
        {
            var rho = Pair.Bytes(32, "uniform", round);
            var given = new short[N];
            PolynomialSampling.SampleUniform(rho, round % 4, round / 4 % 4, given);
            var candidates = Squeeze(Sponge.Shake128(), [.. rho, (byte)(round % 4), (byte)(round / 4 % 4)], 6 * 168)
                .Chunk(3)
                .SelectMany(three => new[] { three[0] + (256 * (three[1] % 16)), (three[1] / 16) + (16 * three[2]) })
                .ToList();
            var expected = candidates.Where(candidate => candidate < Field.Q).Take(N).Select(candidate => (short)candidate);

            Assert.Equal(expected, given);
            most = Math.Max(
                most,
                candidates.Select((candidate, at) => (candidate, at)).Where(each => each.candidate < Field.Q).ElementAt(N - 1).at
            );
        }

        Assert.True(most >= 3 * 112, "No seed needed more than three blocks.");
    }

    private static byte[] Squeeze(Sponge sponge, byte[] input, int count)
    {
        var output = new byte[count];
        sponge.Absorb(input);
        sponge.Squeeze(output);
        return output;
    }

    private static string LittleEndian(int value, int bits) => string.Concat(Enumerable.Range(0, bits).Select(bit => (value >> bit) & 1));

    private static string Bits(byte[] bytes) => string.Concat(bytes.Select(value => LittleEndian(value, 8)));

    private static byte[] Pack(string bits) => [.. bits.Chunk(8).Select(eight => (byte)eight.Select((bit, at) => (bit - '0') << at).Sum())];
}
