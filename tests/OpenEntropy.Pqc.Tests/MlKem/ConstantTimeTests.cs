using OpenEntropy.Pqc.MlKem;
using Xunit;

namespace OpenEntropy.Pqc.Tests.MlKem;

public class ConstantTimeTests
{
    [Fact]
    public void Replace_EqualOrAnyBitDifferent_ChoosesOneOfTheTwo()
    {
        var one = Pair.Bytes(33, "compared");
        var (chosen, otherwise) = (Pair.Bytes(32, "chosen"), Pair.Bytes(32, "otherwise"));
        for (var bit = -1; bit < one.Length * 8; bit++)
        {
            var (other, result) = ((byte[])one.Clone(), (byte[])chosen.Clone());
            if (bit >= 0)
                other[bit / 8] ^= (byte)(1 << (bit % 8));
            ConstantTime.Replace(one, other, result, otherwise);

            Assert.Equal(bit < 0 ? chosen : otherwise, result);
        }
    }
}
