using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using OpenEntropy.Drbg;
using Xunit;

namespace OpenEntropy.Tests.Drbg;

public sealed class Aes256CounterTests
{
    /// <summary>Both ways, where the processor has both.</summary>
    public static TheoryData<string> Ways =>
        IntrinsicAes256Counter.IsSupported
            ? [nameof(IntrinsicAes256Counter), nameof(PlatformAes256Counter)]
            : [nameof(PlatformAes256Counter)];

    internal static Aes256Counter Way(string name) =>
        string.Equals(name, nameof(IntrinsicAes256Counter), StringComparison.Ordinal)
            ? new IntrinsicAes256Counter()
            : new PlatformAes256Counter();

    /// <summary>The processors the product is built for have AES instructions; a silent fall to the slow way would be a fault.</summary>
    [Fact]
    public void Fastest_WhereTheProcessorHasAes_IsTheIntrinsicWay() =>
        Assert.Equal(IntrinsicAes256Counter.IsSupported, Aes256Counter.Fastest is IntrinsicAes256Counter);

    /// <summary>FIPS 197, Appendix C.3: the plaintext block as the first counter value.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void Fill_Fips197AppendixC3_GivesTheCiphertext(string way)
    {
        var key = Convert.FromHexString("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F");
        var v = Convert.FromHexString("00112233445566778899AABBCCDDEEFE");
        Assert.Equal("8EA2B7CA516745BFEAFC49904B496089", Convert.ToHexString(Fill(way, key, v, 16)));
        Assert.Equal("00112233445566778899AABBCCDDEEFF", Convert.ToHexString(v));
    }

    /// <summary>SP 800-38A, F.5.5 (CTR-AES256.Encrypt): the four output blocks.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void Fill_Sp80038AAppendixF55_GivesTheOutputBlocks(string way)
    {
        var key = Convert.FromHexString("603DEB1015CA71BE2B73AEF0857D77811F352C073B6108D72D9810A30914DFF4");
        var v = Convert.FromHexString("F0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFE");
        Assert.Equal(
            "0BDF7DF1591716335E9A8B15C860C502"
                + "5A6E699D536119065433863C8F657B94"
                + "1BC12C9C01610D5D0D8BD6A3378ECA62"
                + "2956E1C8693536B1BEE99C73A31576B6",
            Convert.ToHexString(Fill(way, key, v, 64))
        );
    }

    /// <summary>
    /// A carry out of each 32-bit word of V, and the wrap at 2^128, falling on every place within and beyond the lanes that are in flight.
    /// The ACVP groups have a 64-bit counter field and cannot tell a carry that was lost.
    /// </summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void Fill_CarryAnywhere_EqualsBlocksEncryptedOneByOne(string way)
    {
        var key = Bytes(32, 1);
        foreach (var bit in new[] { 32, 63, 64, 96, 127, 128 })
        {
            for (var before = 0; before <= 40; before++)
            {
                var v = ToBlock((BigInteger.One << bit) - 1 - before);
                var expected = ReferenceCtrDrbg.CounterBlocks(key, v, 48);
                Assert.Equal(expected, Fill(way, key, v, 48 * 16));
                Assert.Equal(ToBlock((BigInteger.One << bit) - 1 - before + 48), v);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Fill_EveryLength_EqualsBlocksEncryptedOneByOne(string way)
    {
        foreach (var blocks in Enumerable.Range(0, 301).Append(4095).Append(4096).Append(10_000))
        {
            var key = Bytes(32, blocks);
            var v = Bytes(16, blocks + 1);
            Assert.Equal(ReferenceCtrDrbg.CounterBlocks(key, v, blocks), Fill(way, key, v, blocks * 16));
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Fill_WrongLengths_Throws(string way)
    {
        var aes = Way(way);
        Assert.Throws<ArgumentException>(() => aes.Fill(new byte[239], new byte[16], new byte[16]));
        Assert.Throws<ArgumentException>(() => aes.Fill(new byte[240], new byte[15], new byte[16]));
        Assert.Throws<ArgumentException>(() => aes.Fill(new byte[240], new byte[16], new byte[17]));
        Assert.Throws<ArgumentOutOfRangeException>(() => aes.ExpandKey(new byte[32]));
    }

    /// <summary>Deterministic bytes that differ from case to case; at most 48.</summary>
    internal static byte[] Bytes(int length, int label) =>
        SHA384.HashData(Encoding.ASCII.GetBytes(label.ToString(CultureInfo.InvariantCulture)))[..length];

    private static byte[] Fill(string way, byte[] key, byte[] v, int length)
    {
        var aes = Way(way);
        var schedule = new byte[Aes256Counter.ScheduleBytes];
        key.CopyTo(schedule, 0);
        aes.ExpandKey(schedule);
        var output = new byte[length];
        aes.Fill(schedule, v, output);
        return output;
    }

    private static byte[] ToBlock(BigInteger value)
    {
        var bytes = (value % (BigInteger.One << 128)).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[16 - bytes.Length], .. bytes];
    }
}
