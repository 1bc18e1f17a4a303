using OpenEntropy.Pqc.MlKem;
using Xunit;

namespace OpenEntropy.Pqc.Tests.MlKem;

/// <summary>Every value that there is, against plain division.</summary>
public class FieldTests
{
    [Fact]
    public void Reduce_EveryNumber_IsTheNearestToZero()
    {
        for (int a = short.MinValue; a <= short.MaxValue; a++)
        {
            var reduced = Field.Reduce((short)a);
            Assert.True(Mod(a - reduced) == 0 && Math.Abs((int)reduced) <= Field.Q / 2, $"{a}: {reduced}");
            Assert.Equal(Mod(a), Field.Canonical((short)a));
        }
    }

    [Fact]
    public void MontgomeryReduce_NumbersOfTheWholeRange_AreDivided()
    {
        const int Bound = Field.Q << 15;
        for (var a = -Bound + 1; a < Bound; a += 9973)
        {
            var reduced = Field.MontgomeryReduce(a);
            Assert.True(Mod(((long)reduced << 16) - a) == 0 && Math.Abs((int)reduced) < Field.Q, $"{a}: {reduced}");
        }
    }

    [Fact]
    public void MontgomeryReduce_EveryLowHalf_IsDivided()
    {
        for (var a = 0; a <= ushort.MaxValue; a++)
            Assert.Equal(0, Mod(((long)Field.MontgomeryReduce(a) << 16) - a));
    }

    // FIPS 203, 4.2.1: ⌈(2^d / q) x⌋ modulo 2^d, halves upwards (there are none, as q is odd).
    [Fact]
    public void Compress_EveryNumberAndWidth_IsTheRoundedQuotient()
    {
        for (var bits = 1; bits <= 11; bits++)
        {
            for (int a = short.MinValue; a <= short.MaxValue; a++)
            {
                var exact = ((2 * (Mod(a) << bits)) + Field.Q) / (2 * Field.Q) % (1 << bits);
                if (exact != Field.Compress((short)a, bits))
                    Assert.Fail($"{a} in {bits} bits: {Field.Compress((short)a, bits)}, not {exact}");
            }
        }
    }

    [Fact]
    public void Decompress_EveryNumberAndWidth_IsUndoneByCompress()
    {
        for (var bits = 1; bits <= 11; bits++)
        {
            for (var y = 0; y < 1 << bits; y++)
            {
                var exact = (int)Math.Floor(((decimal)Field.Q * y / (1 << bits)) + 0.5m);
                Assert.Equal(exact, Field.Decompress(y, bits));
                Assert.Equal(y, Field.Compress(Field.Decompress(y, bits), bits));
            }
        }
    }

    private static int Mod(long a) => (int)(((a % Field.Q) + Field.Q) % Field.Q);
}
