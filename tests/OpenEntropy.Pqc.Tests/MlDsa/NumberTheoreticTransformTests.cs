using System.Numerics;
using OpenEntropy.Pqc.MlDsa;
using Xunit;

namespace OpenEntropy.Pqc.Tests.MlDsa;

public class NumberTheoreticTransformTests
{
    private const int Size = NumberTheoreticTransform.Size;

    // FIPS 204, 7.5: ζ = 1753 is a 512th root of unity; the table holds ζ^BitRev8(m), here times 2^32.
    [Fact]
    public void Zetas_DerivedFromTheRoot_AreThoseUsed()
    {
        Assert.Equal(ModQ.Q - 1, (int)BigInteger.ModPow(NumberTheoreticTransform.Zeta, Size, ModQ.Q));
        for (var m = 1; m < Size; m++)
        {
            var derived = BigInteger.ModPow(NumberTheoreticTransform.Zeta, Reversed(m), ModQ.Q) * BigInteger.Pow(2, 32) % ModQ.Q;

            Assert.Equal((int)derived, ModQ.Canonical(NumberTheoreticTransform.Zetas[m]));
        }

        // FIPS 204, Appendix B: the first and the last entries printed.
        Assert.Equal(4808194, (int)BigInteger.ModPow(NumberTheoreticTransform.Zeta, Reversed(1), ModQ.Q));
        Assert.Equal(7648983, (int)BigInteger.ModPow(NumberTheoreticTransform.Zeta, Reversed(255), ModQ.Q));
    }

    // FIPS 204, 2.5: coefficient i is the value of the polynomial at ζ^(2·BitRev8(i) + 1).
    [Fact]
    public void Forward_AnyPolynomial_GivesItsValuesAtTheRoots()
    {
        var polynomial = new ScriptedBytes("values").NextPolynomial(ModQ.Q);
        var transformed = polynomial.ToArray();
        NumberTheoreticTransform.Forward(transformed);
        for (var i = 0; i < Size; i++)
        {
            var at = BigInteger.ModPow(NumberTheoreticTransform.Zeta, (2 * Reversed(i)) + 1, ModQ.Q);
            var value = polynomial.Reverse().Aggregate(BigInteger.Zero, (sum, coefficient) => ((sum * at) + coefficient) % ModQ.Q);

            Assert.Equal((int)value, ModQ.Canonical(transformed[i]));
        }
    }

    [Fact]
    public void Multiply_RandomAndExtremePolynomials_AgreesWithSchoolbook()
    {
        var script = new ScriptedBytes("schoolbook");
        for (var round = 0; round < 30; round++)
        {
            var (a, b) = (script.NextPolynomial(ModQ.Q), script.NextPolynomial(ModQ.Q));
            if (round == 0)
                (a, b) = (Constant(ModQ.Q - 1), Constant(ModQ.Q - 1));
            if (round == 1)
                (a, b) = (Constant(-ModQ.Q + 1), Constant(ModQ.Q - 1));
            var expected = Schoolbook(a, b);
            NumberTheoreticTransform.Forward(a);
            NumberTheoreticTransform.Forward(b);
            var product = new int[Size];
            PolynomialVector.Multiply(a, b, product);
            NumberTheoreticTransform.Inverse(product);

            Assert.Equal(expected, product.Select(ModQ.Canonical));
        }
    }

    [Fact]
    public void MultiplyMatrix_LargestMatrix_AgreesWithSchoolbook()
    {
        const int Rows = 8;
        const int Columns = 7;
        var script = new ScriptedBytes("matrix");
        var matrix = Enumerable.Range(0, Rows * Columns).Select(_ => script.NextPolynomial(ModQ.Q)).ToList();
        var vector = Enumerable.Range(0, Columns).Select(_ => script.NextPolynomial(ModQ.Q)).ToList();
        var product = new int[Rows * Size];
        PolynomialVector.MultiplyMatrix(Transformed(matrix), Transformed(vector), product);
        for (var row = 0; row < Rows; row++)
        {
            var sum = new long[Size];
            for (var column = 0; column < Columns; column++)
            {
                foreach (var (index, coefficient) in Schoolbook(matrix[(row * Columns) + column], vector[column]).Index())
                    sum[index] += coefficient;
            }

            Assert.Equal(sum.Select(value => (int)(value % ModQ.Q)), product.Skip(row * Size).Take(Size).Select(ModQ.Canonical));
        }
    }

    private static int[] Transformed(List<int[]> polynomials)
    {
        var flat = polynomials.SelectMany(polynomial => polynomial).ToArray();
        PolynomialVector.Transform(flat);
        return [.. flat.Select(ModQ.Canonical)];
    }

    private static int[] Constant(int value) => [.. Enumerable.Repeat(value, Size)];

    // Modulo X^256 + 1.
    private static int[] Schoolbook(int[] a, int[] b)
    {
        var product = new long[Size];
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j < Size; j++)
            {
                var term = (long)a[i] * b[j] % ModQ.Q;
                product[(i + j) % Size] += i + j < Size ? term : -term;
            }
        }

        return [.. product.Select(value => (int)(((value % ModQ.Q) + ModQ.Q) % ModQ.Q))];
    }

    private static int Reversed(int value) => Enumerable.Range(0, 8).Sum(bit => ((value >> bit) & 1) << (7 - bit));
}
