using System.Numerics;
using OpenEntropy.Pqc.Falcon.Ntru;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Falcon.Ntru;

public class SolverPartsTests
{
    [Fact]
    public void Rebuild_OfResidues_GivesTheNumbersBack()
    {
        foreach (var bits in new[] { 1, 29, 31, 60, 62, 63, 500, 3000 })
        {
            var edge = BigInteger.One << bits;
            BigInteger[] numbers =
            [
                edge,
                -edge,
                0,
                -1,
                1,
                Integers.Number("a", bits),
                Integers.Number("b", bits),
                Integers.Number("c", bits),
            ];
            using var source = Integers.Polynomial((bits / 31) + 1, [.. numbers.Select(value => value == edge ? edge - 1 : value)]);
            using var rebuilt = new LimbPolynomial(numbers.Length, ResiduePrimes.Needed(bits));
            for (var j = 0; j < rebuilt.Words; j++)
            {
                ResidueConversion.Reduce(source, ResiduePrimes.At(j).Field, rebuilt.Row(j));
                for (var i = 0; i < numbers.Length; i++)
                {
                    var prime = (BigInteger)ResiduePrimes.At(j).Field.Prime;
                    Assert.Equal(((Integers.Coefficient(source, i) % prime) + prime) % prime, rebuilt.Row(j)[i]);
                }
            }
            ResidueConversion.Rebuild(rebuilt);
            Assert.Equal(bits, rebuilt.BitLength());
            rebuilt.Trim();

            Assert.Equal((bits / 31) + 1, rebuilt.Words);
            for (var i = 0; i < numbers.Length; i++)
                Assert.Equal(Integers.Coefficient(source, i), Integers.Coefficient(rebuilt, i));
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(62)]
    [InlineData(63)]
    [InlineData(93)]
    [InlineData(94)]
    [InlineData(800)]
    [InlineData(6300)]
    public void Bezout_CoprimeNumbers_SolvesTheEquation(int bits)
    {
        var solved = 0;
        for (var round = 0; round < 60; round++)
        {
            var f = BigInteger.Abs(Integers.Number($"f {bits} {round}", bits));
            var g = BigInteger.Abs(Integers.Number($"g {bits} {round}", bits - (round % 3)));
            if (f <= 1 || g <= 1)
                continue;
            using var largeF = Integers.Polynomial((bits / 31) + 1, f);
            using var largeG = Integers.Polynomial((bits / 31) + 1, g);
            var solution = Bezout.Solve(largeF, largeG);
            Assert.Equal(BigInteger.GreatestCommonDivisor(f, g).IsOne, solution is not null);
            if (solution is not { } found)
                continue;
            solved++;
            Assert.Equal(12289, (f * Integers.Coefficient(found.G, 0)) - (g * Integers.Coefficient(found.F, 0)));
        }
        Assert.InRange(solved, 15, 60);
    }

    // There is a solution, but a norm of 1 or 0 is no key's.
    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(5, 1)]
    [InlineData(1, 4)]
    [InlineData(1, 1)]
    public void Bezout_TrivialNumbers_AreRefused(int f, int g)
    {
        using var largeF = Integers.Polynomial(1, f);
        using var largeG = Integers.Polynomial(1, g);

        Assert.Null(Bezout.Solve(largeF, largeG));
    }

    [Theory]
    [InlineData(2, 400, 1200)]
    [InlineData(8, 90, 250)]
    [InlineData(64, 20, 70)]
    public void Reduce_LargeMultiples_GivesShortOnesWithTheSameDeterminant(int degree, int bits, int largeBits)
    {
        var (f, g, k) = (Numbers("f", degree, bits), Numbers("g", degree, bits), Numbers("k", degree, largeBits - bits));
        var shortF = Numbers("F", degree, bits);
        var shortG = Numbers("G", degree, bits);
        var longF = Product(k, f).Zip(shortF, (large, small) => large + small).ToArray();
        var longG = Product(k, g).Zip(shortG, (large, small) => large + small).ToArray();
        using var limbsOfF = Integers.Polynomial((bits / 31) + 1, f);
        using var limbsOfG = Integers.Polynomial((bits / 31) + 1, g);
        using var bigF = Integers.Polynomial((largeBits / 31) + 2, longF);
        using var bigG = Integers.Polynomial((largeBits / 31) + 2, longG);
        Assert.True(bigF.BitLength() > largeBits - 8);
        Assert.True(BabaiReduction.Reduce(bigF, bigG, limbsOfF, limbsOfG));

        // As short as the pair it was made of, a few bits more or less; and f G − g F is what it was.
        Assert.InRange(bigF.BitLength(), bits - 8, bits + 4);
        Assert.InRange(bigG.BitLength(), bits - 8, bits + 4);
        Assert.Equal(Determinant(f, g, shortF, shortG), Determinant(f, g, Coefficients(bigF), Coefficients(bigG)));
    }

    // A pair that nothing can be divided by.
    [Fact]
    public void Reduce_ByZero_IsRefusedAndEnds()
    {
        using var zero = new LimbPolynomial(4, 1);
        using var bigF = Integers.Polynomial(4, Numbers("F", 4, 100));
        using var bigG = Integers.Polynomial(4, Numbers("G", 4, 100));

        Assert.False(BabaiReduction.Reduce(bigF, bigG, zero, zero));
    }

    private static BigInteger[] Numbers(string name, int degree, int bits) =>
        [.. Enumerable.Range(0, degree).Select(i => Integers.Number($"{name} {degree} {i}", bits))];

    private static BigInteger[] Coefficients(LimbPolynomial polynomial) =>
        [.. Enumerable.Range(0, polynomial.Degree).Select(i => Integers.Coefficient(polynomial, i))];

    private static BigInteger[] Determinant(BigInteger[] f, BigInteger[] g, BigInteger[] bigF, BigInteger[] bigG) =>
        [.. Product(f, bigG).Zip(Product(g, bigF), (left, right) => left - right)];

    private static BigInteger[] Product(BigInteger[] a, BigInteger[] b)
    {
        var sums = new BigInteger[a.Length];
        for (var i = 0; i < a.Length; i++)
        for (var j = 0; j < b.Length; j++)
            sums[(i + j) % a.Length] += i + j < a.Length ? a[i] * b[j] : -(a[i] * b[j]);
        return sums;
    }
}
