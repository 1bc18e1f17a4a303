using OpenEntropy.Pqc.Falcon.Rings;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Falcon.Rings;

public class TransformTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(512)]
    [InlineData(1024)]
    public void NumberTheoretic_Product_IsThatOfTheRing(int degree)
    {
        var field = FalconRing.Field;
        var transform = new NumberTheoreticTransform(field, field.FindRootOfUnity(), 10);
        var (a, b) = (Small("a", degree), Small("b", degree));
        var (left, right) = (a.Select(field.FromSigned).ToArray(), b.Select(field.FromSigned).ToArray());
        transform.Forward(left);
        transform.Forward(right);
        for (var i = 0; i < degree; i++)
            left[i] = field.Multiply(left[i], field.ToMontgomery(right[i]));
        transform.Inverse(left);

        Assert.Equal(Negacyclic(a, b).Select(value => (uint)(((value % 12289) + 12289) % 12289)), left);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(512)]
    [InlineData(1024)]
    public void Fourier_ProductAndAdjoint_AreThoseOfTheRing(int degree)
    {
        var (a, b) = (Small("c", degree), Small("d", degree));
        var (left, right) = (a.Select(value => (double)value).ToArray(), b.Select(value => (double)value).ToArray());
        FourierTransform.Forward(left);
        FourierTransform.Forward(right);
        var (product, adjoint) = (new double[degree], new double[degree]);
        FourierPolynomial.AddProduct(left, right, product);
        FourierPolynomial.AddAdjointProduct(left, right, adjoint);
        FourierTransform.Inverse(product);
        FourierTransform.Inverse(adjoint);

        // b*(x) = b(1/x) = b_0 − b_(n−1) x − …
        var reversed = b.Select((_, i) => i == 0 ? b[0] : -b[degree - i]).ToArray();
        AssertNear(Negacyclic(a, b), product);
        AssertNear(Negacyclic(a, reversed), adjoint);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(1024)]
    public void Split_OfATransform_IsTheTransformOfEvenAndOddCoefficients(int degree)
    {
        var f = Small("e", degree).Select(value => (double)value).ToArray();
        var (even, odd) = (f.Where((_, i) => i % 2 == 0).ToArray(), f.Where((_, i) => i % 2 == 1).ToArray());
        FourierTransform.Forward(even);
        FourierTransform.Forward(odd);
        FourierTransform.Forward(f);
        var (f0, f1, merged) = (new double[degree / 2], new double[degree / 2], new double[degree]);
        FourierTransform.Split(f, f0, f1);
        FourierTransform.Merge(f0, f1, merged);

        Assert.All(even.Zip(f0), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        Assert.All(odd.Zip(f1), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        Assert.All(f.Zip(merged), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void Roots_All_AreWithinRoundingOfThePlatforms()
    {
        for (var k = 0; k < 1024; k++)
        {
            var (sine, cosine) = Math.SinCos(Math.PI * BitReversal.Of(k, 10) / 1024);
            Assert.Equal(cosine, RootsOfUnity.Real[k], 5e-16);
            Assert.Equal(sine, RootsOfUnity.Imaginary[k], 5e-16);
        }
    }

    /// <summary>Coefficients of [−100, 100].</summary>
    private static int[] Small(string name, int degree) => [.. FalconCases.Bytes(name, degree).Select(value => (value % 201) - 100)];

    private static long[] Negacyclic(int[] a, int[] b)
    {
        var product = new long[a.Length];
        for (var i = 0; i < a.Length; i++)
        for (var j = 0; j < b.Length; j++)
            product[(i + j) % a.Length] += (i + j < a.Length ? 1L : -1L) * a[i] * b[j];
        return product;
    }

    private static void AssertNear(long[] expected, double[] given) =>
        Assert.All(expected.Zip(given), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
}
