using System.Globalization;
using System.Numerics;
using OpenEntropy.Server.Receipts;
using Xunit;

namespace OpenEntropy.Server.Tests.Receipts;

public sealed class PrivateScalarTests
{
    /// <summary>The order of P-256 as SP 800-186 prints it, in decimal.</summary>
    private static readonly BigInteger s_order = BigInteger.Parse(
        "115792089210356248762697446949407573529996955224135760342422259061068512044369",
        CultureInfo.InvariantCulture
    );

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(255, true)]
    [InlineData(65_535, true)]
    [InlineData(-3, true)]
    [InlineData(-2, true)]
    [InlineData(-1, false)]
    [InlineData(int.MinValue, false)]
    public void TryAccept_AtTheEdges_GivesOneToOrderMinusOne(int offset, bool accepted)
    {
        var candidate =
            offset == int.MinValue ? (BigInteger.One << 256) - 1
            : offset < 0 ? s_order + offset
            : offset;
        var bytes = BytesOf(candidate);

        Assert.Equal(accepted, PrivateScalar.TryAccept(bytes));
        Assert.Equal(accepted ? candidate + 1 : BigInteger.Zero, new BigInteger(bytes, isUnsigned: true, isBigEndian: true));
    }

    [Fact]
    public void TryAccept_EveryValueBelowAPowerOfTwo_IsTheNextOne()
    {
        for (var bit = 0; bit < 256; bit++)
        {
            var candidate = (BigInteger.One << bit) - 1;
            var bytes = BytesOf(candidate);

            Assert.True(PrivateScalar.TryAccept(bytes));
            Assert.Equal(candidate + 1, new BigInteger(bytes, isUnsigned: true, isBigEndian: true));
        }
    }

    [Fact]
    public void TryAccept_AnotherLength_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => PrivateScalar.TryAccept(new byte[31]));

    private static byte[] BytesOf(BigInteger number)
    {
        var bytes = new byte[PrivateScalar.Length];
        var little = number.ToByteArray(isUnsigned: true);
        for (var i = 0; i < little.Length; i++)
        {
            bytes[^(i + 1)] = little[i];
        }

        return bytes;
    }
}
