using System.Numerics;
using OpenEntropy.Pqc.Falcon.Ntru;
using OpenEntropy.Pqc.Falcon.Rings;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Falcon.Rings;

public class PrimeFieldTests
{
    [Theory]
    [InlineData(12289)]
    [InlineData(2147473409)]
    [InlineData(2140000001)]
    public void Operations_EdgesAndMany_AgreeWithIntegers(uint modulus)
    {
        var field = new PrimeField(modulus);
        var random = FalconCases.Bytes($"field {modulus}", 8000);
        uint[] edges = [0, 1, 2, modulus / 2, (modulus / 2) + 1, modulus - 2, modulus - 1];
        var numbers = edges.Concat(Enumerable.Range(0, 300).Select(i => BitConverter.ToUInt32(random, 4 * i) % modulus)).ToArray();
        foreach (var a in numbers)
        {
            foreach (var b in numbers)
            {
                Assert.Equal((uint)(((ulong)a + b) % modulus), field.Add(a, b));
                Assert.Equal((uint)(((ulong)a + modulus - b) % modulus), field.Subtract(a, b));
                Assert.Equal((uint)((ulong)a * b % modulus), field.Multiply(a, field.ToMontgomery(b)));
            }
            Assert.Equal(a, field.FromMontgomery(field.ToMontgomery(a)));
            Assert.Equal(a, field.FromSigned(field.ToSigned(a)));
            Assert.InRange(field.ToSigned(a), -(int)(modulus / 2), (int)(modulus / 2));
        }
    }

    [Fact]
    public void Invert_EveryResidue_GivesOneInProduct()
    {
        var field = FalconRing.Field;
        for (uint a = 1; a < 12289; a++)
            Assert.Equal(1u, field.Multiply(a, field.Invert(field.ToMontgomery(a))));
        Assert.Equal(0u, field.Invert(0));
    }

    // A polynomial with a zero among its values has no inverse; wherever it is, it is found.
    [Fact]
    public void Divide_DivisorWithAZero_IsRefused()
    {
        for (var zero = 0; zero < 512; zero++)
        {
            var divisor = Enumerable.Range(1, 512).Select(value => (uint)value).ToArray();
            var dividend = divisor.Select(value => value * 24).ToArray();
            Assert.True(FalconRing.Divide(dividend, divisor));
            Assert.All(dividend, value => Assert.Equal(24u, value));
            divisor[zero] = 0;
            Assert.False(FalconRing.Divide(dividend, divisor));
        }
    }

    [Fact]
    public void Primes_All_ArePrimeDistinctAndHaveTheRoot()
    {
        for (var j = 0; j < ResiduePrimes.Count; j++)
        {
            var (field, root) = ResiduePrimes.At(j);
            Assert.Equal(1u, field.Prime % 2048);
            Assert.True(j == 0 ? field.Prime < 1u << 31 : field.Prime < ResiduePrimes.At(j - 1).Field.Prime);
            for (uint divisor = 3; divisor * divisor <= field.Prime; divisor += 2)
                Assert.NotEqual(0u, field.Prime % divisor);
            Assert.Equal(field.Prime - 1, field.FromMontgomery(field.Power(root, 1024)));
        }
    }

    // A number of so many bits and a sign is determined by so many primes, not many more than it has limbs.
    [Fact]
    public void Needed_EveryLength_HoldsTheNumber()
    {
        var product = BigInteger.One;
        var primes = 0;
        for (var bits = 0; bits < 10800; bits++)
        {
            for (; primes < ResiduePrimes.Needed(bits); primes++)
                product *= ResiduePrimes.At(primes).Field.Prime;
            Assert.True(product > BigInteger.One << (bits + 1));
            Assert.InRange(primes, (bits / 31) + 1, (bits / 30) + 2);
        }
    }
}
