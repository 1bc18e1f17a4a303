using OpenEntropy.Pqc.MlKem;
using Xunit;

namespace OpenEntropy.Pqc.Tests.MlKem;

public class NumberTheoreticTransformTests
{
    private const int N = NumberTheoreticTransform.Length;
    private const int Q = Field.Q;

    [Fact]
    public void Zetas_AgainstPowersOf17_AreInBitReversedOrder()
    {
        for (var i = 0; i < 128; i++)
        {
            var reversed = Convert.ToInt32(new string([.. Convert.ToString(i, 2).PadLeft(7, '0').Reverse()]), 2);
            Assert.Equal(Power(17, reversed) * 65536 % Q, NumberTheoreticTransform.Zetas[i]);
            Assert.Equal(Power(17, (2 * reversed) + 1) * 65536 % Q, NumberTheoreticTransform.Gammas[i]);
        }
    }

    // The first and last figures of both tables of FIPS 203, appendix A.
    [Fact]
    public void Zetas_AgainstThePrintedTables_AreTheSame()
    {
        Assert.Equal([1, 1729, 2580, 3289], Plain(NumberTheoreticTransform.Zetas[..4]));
        Assert.Equal([1722, 1212, 1874, 1029, 2110, 2935, 885, 2154], Plain(NumberTheoreticTransform.Zetas[^8..]));
        Assert.Equal([17, Q - 17, 2761, Q - 2761], Plain(NumberTheoreticTransform.Gammas[..4]));
        Assert.Equal([2154, Q - 2154], Plain(NumberTheoreticTransform.Gammas[^2..]));
    }

    // f modulo X² - ζ^(2 BitRev₇(i) + 1), for each i (FIPS 203, 4.3).
    [Fact]
    public void Forward_RandomPolynomials_GiveTheRemainders()
    {
        for (var round = 0; round < 20; round++)
        {
            var f = Polynomial("forward", round);
            var transformed = (short[])f.Clone();
            NumberTheoreticTransform.Forward(transformed);
            var roots = Plain(NumberTheoreticTransform.Gammas);
            for (var i = 0; i < 128; i++)
            {
                var (even, odd) = (0, 0);
                for (var j = 127; j >= 0; j--)
                    (even, odd) = (((even * roots[i]) + f[2 * j]) % Q, ((odd * roots[i]) + f[(2 * j) + 1]) % Q);
                Assert.Equal(even, Field.Canonical(transformed[2 * i]));
                Assert.Equal(odd, Field.Canonical(transformed[(2 * i) + 1]));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void MultiplyAddAndInverse_RandomPolynomials_GiveTheSumOfSchoolbookProducts(int products)
    {
        for (var round = 0; round < 25; round++)
        {
            var expected = new long[N];
            var sum = new short[N];
            for (var product = 0; product < products; product++)
            {
                var f = Polynomial("f", products, round, product);
                var g = Polynomial("g", products, round, product);
                AddProduct(expected, f, g);
                NumberTheoreticTransform.Forward(f);
                NumberTheoreticTransform.Forward(g);
                NumberTheoreticTransform.MultiplyAdd(sum, f, g);
            }

            NumberTheoreticTransform.InverseOfProduct(sum);
            Assert.Equal(expected.Select(value => (int)(((value % Q) + Q) % Q)), sum.Select(value => Field.Canonical(value)));
        }
    }

    // The greatest and least coefficients that an encoding can hold, with every sign: nothing overflows.
    [Theory]
    [InlineData(4095, 4095)]
    [InlineData(4095, -4095)]
    [InlineData(-4095, -4095)]
    [InlineData(4095, 1664)]
    [InlineData(3328, 3328)]
    public void MultiplyAddAndScale_ExtremeCoefficients_AreExact(short one, short other)
    {
        var (f, g, sum) = (new short[N], new short[N], new short[N]);
        Array.Fill(f, one);
        Array.Fill(g, other);
        for (var product = 0; product < MlKemParameters.MaximumRank; product++)
            NumberTheoreticTransform.MultiplyAdd(sum, f, g);
        NumberTheoreticTransform.Scale(sum);
        var roots = Plain(NumberTheoreticTransform.Gammas);
        for (var i = 0; i < 128; i++)
        {
            var square = (long)one * other * 4;
            Assert.Equal((int)((((square + (square * roots[i])) % Q) + Q) % Q), Field.Canonical(sum[2 * i]));
            Assert.Equal((int)(((2 * square % Q) + Q) % Q), Field.Canonical(sum[(2 * i) + 1]));
        }
    }

    [Theory]
    [InlineData(3329)]
    [InlineData(-3329)]
    [InlineData(3328)]
    public void Forward_ExtremeCoefficients_AreExact(short value)
    {
        var f = new short[N];
        Array.Fill(f, value);
        var (one, sum) = (new short[N], new short[N]);
        one[0] = 1;
        NumberTheoreticTransform.Forward(f);
        NumberTheoreticTransform.Forward(one);
        NumberTheoreticTransform.MultiplyAdd(sum, f, one);
        NumberTheoreticTransform.InverseOfProduct(sum);

        Assert.All(sum, coefficient => Assert.Equal(((value % Q) + Q) % Q, Field.Canonical(coefficient)));
    }

    private static void AddProduct(long[] sum, short[] f, short[] g)
    {
        for (var i = 0; i < N; i++)
        for (var j = 0; j < N; j++)
            sum[(i + j) % N] += (i + j < N ? 1 : -1) * f[i] * g[j]; // X^256 = -1
    }

    private static short[] Polynomial(params object[] name) =>
        [.. Pair.Bytes(2 * N, name).Chunk(2).Select(pair => (short)(BitConverter.ToUInt16(pair) % Q))];

    private static int[] Plain(ReadOnlySpan<short> montgomery)
    {
        var plain = new int[montgomery.Length];
        for (var i = 0; i < plain.Length; i++)
            plain[i] = Field.Canonical(Field.MontgomeryReduce(montgomery[i]));
        return plain;
    }

    private static long Power(int root, int exponent) => (long)System.Numerics.BigInteger.ModPow(root, exponent, Q);
}
