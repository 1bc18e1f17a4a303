using OpenEntropy.Pqc.MlDsa;
using Xunit;

namespace OpenEntropy.Pqc.Tests.MlDsa;

public class PackingTests
{
    private const int Omega = 10;
    private const int Rows = 3;

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(10)]
    [InlineData(13)]
    [InlineData(18)]
    [InlineData(20)]
    public void Pack_RandomCoefficients_PutsTheBitsInOrderAndComesBack(int width)
    {
        var polynomial = new ScriptedBytes($"pack {width}").NextPolynomial(1 << width);
        var packed = new byte[BitPacking.Bytes(width)];
        BitPacking.Pack(polynomial, width, packed);
        for (var bit = 0; bit < 256 * width; bit++)
            Assert.Equal((polynomial[bit / width] >> (bit % width)) & 1, (packed[bit / 8] >> (bit % 8)) & 1);

        var (again, upper) = (new int[256], 1 << (width - 1));
        BitPacking.Unpack(packed, width, again);
        Assert.Equal(polynomial, again);

        BitPacking.UnpackBelow(packed, upper, width, again);
        Assert.Equal(polynomial.Select(value => upper - value), again);
        var packedAgain = new byte[packed.Length];
        BitPacking.PackBelow(again, upper, width, packedAgain);
        Assert.Equal(packed, packedAgain);
    }

    [Fact]
    public void TryUnpack_AnyHint_ComesBack()
    {
        var script = new ScriptedBytes("hints");
        for (var ones = 0; ones <= Omega; ones++)
        {
            var hint = new byte[Rows * 256];
            while (hint.Sum(value => value) < ones)
                hint[script.NextBelow(hint.Length)] = 1;
            var (packed, again) = (new byte[Omega + Rows], new byte[hint.Length]);
            HintPacking.Pack(hint, Omega, packed);

            Assert.True(HintPacking.TryUnpack(packed, Omega, again));
            Assert.Equal(hint, again);
        }
    }

    // Ten places for indices, then where each of three polynomials ends: 05, 07 | 01 | 00, FF.
    [Theory]
    [InlineData("05070100FF0000000000020305", true)]
    [InlineData("05070100FF0000000000020205", false)] // 01, 00, FF all in the third: out of order
    [InlineData("07050100FF0000000000020305", false)] // falling
    [InlineData("05050100FF0000000000020305", false)] // one twice
    [InlineData("05070100FF0000000000020105", false)] // fewer than before
    [InlineData("05070100FF000000000002030B", false)] // more than ω
    [InlineData("05070100FF00000000000203FF", false)]
    [InlineData("05070100FF0000000000FF0305", false)]
    [InlineData("000102030405060708090B0B0B", false)] // more than ω, whose eleventh would be the first count
    [InlineData("05070100FF0100000000020305", false)] // something after the last
    [InlineData("05070100FF0000000001020305", false)]
    [InlineData("00000000000000000000000000", true)] // none at all
    [InlineData("00000000000000000000010101", true)] // the first of the first, and no more
    [InlineData("00000000000000000000020202", false)] // the first of the first, twice
    public void TryUnpack_CanonicalOrNot_IsTold(string packed, bool canonical) =>
        Assert.Equal(canonical, HintPacking.TryUnpack(Convert.FromHexString(packed), Omega, new byte[Rows * 256]));
}
