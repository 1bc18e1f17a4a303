using System.Security.Cryptography;
using OpenEntropy.Values;
using Xunit;

namespace OpenEntropy.Tests.Values;

public sealed class GaussiansTests
{
    // Computed by another program in another language from the steps that the class states: all bits must agree.
    [Theory]
    [InlineData(
        0,
        1,
        84,
        new[] { 0xBFDCE6E5ADB0894A, 0xBFDA891C9A7EF18B, 0xBFE92E3386B1D80C, 0xBFE6B711ED7DAF85, 0xBFF12DFAE0AA7ADE, 0xBFEE2D130D97404C }
    )]
    [InlineData(100, 15, 70, new[] { 0x40574E788AD2A7F5UL, 0x405771F752F28FD9UL, 0x40560C95F63728AFUL })]
    public void Fill_BytesInOrder_GiveTheSameBitsAsElsewhere(double mean, double deviation, int consumed, ulong[] expected)
    {
        using var supply = ByteSupply.Replay([.. Enumerable.Range(0, 256).Select(i => (byte)i)]);
        var numbers = new double[expected.Length];

        Gaussians.Fill(supply, mean, deviation, numbers);

        Assert.Equal(expected, numbers.Select(BitConverter.DoubleToUInt64Bits));
        Assert.Equal(consumed, supply.Consumed);
    }

    [Fact]
    public void Fill_Digests_GiveTheSameBitsAsElsewhere()
    {
        using var supply = ByteSupply.Replay([.. Enumerable.Range(0, 20).SelectMany(i => SHA256.HashData([(byte)i]))]);
        var numbers = new double[7];

        Gaussians.Fill(supply, 0, 1, numbers);

        Assert.Equal(
            [
                0xBFF67D2C3D7FA607,
                0x3FFF19DDFC2B9100,
                0xBFF26A5802F0784A,
                0xBFDCF77E5EA1F14F,
                0x3FF1A355C3F95B49,
                0x3FD59506CC33BCE1,
                0x3FD352F071BB4B13,
            ],
            numbers.Select(BitConverter.DoubleToUInt64Bits)
        );
    }

    [Fact]
    public void Fill_LeastRadius_IsFinite()
    {
        using var supply = ScriptedSupply.OfHex("8000000000000080000000000000"); // u = v = 2^−52
        var pair = new double[2];

        Gaussians.Fill(supply, 0, 1, pair);

        Assert.Equal([8.44950647065699, 8.44950647065699], pair);
    }

    [Fact]
    public void Fill_PointOutsideTheCircle_IsDropped()
    {
        using var supply = ScriptedSupply.OfHex("FFFFFFFFFFFFFF" + "00000000000000" + "80000000000000" + "C0000000000000");
        var pair = new double[2];

        Gaussians.Fill(supply, 0, 1, pair);

        // u = 2^−52, v = 1/2 + 2^−52: v·√(−2·ln(v²)/v²) = √(4·ln 2)
        Assert.Equal(28, supply.Consumed);
        Assert.Equal(Math.Sqrt(4 * Math.Log(2)), pair[1], 1e-14);
    }

    [Fact]
    public void Fill_MeanAndDeviation_ScaleTheStandardOnes()
    {
        using var one = ScriptedSupply.OfGenerator(11);
        using var other = ScriptedSupply.OfGenerator(11);
        var (standard, scaled) = (new double[1001], new double[1001]);

        Gaussians.Fill(one, 0, 1, standard);
        Gaussians.Fill(other, -3, 0.25, scaled);

        Assert.Equal(standard.Select(number => -3 + (0.25 * number)), scaled);
    }

    [Fact]
    public void Fill_DeviationOfZero_GivesTheMean()
    {
        using var supply = ScriptedSupply.OfGenerator(12);
        var numbers = new double[3];

        Gaussians.Fill(supply, 7, 0, numbers);

        Assert.Equal([7, 7, 7], numbers);
    }

    [Fact]
    public void Fill_LargestMeanAndDeviation_StayFinite()
    {
        using var supply = ScriptedSupply.OfGenerator(13);
        var numbers = new double[1000];

        Gaussians.Fill(supply, Gaussians.Largest, Gaussians.Largest, numbers);

        Assert.All(numbers, number => Assert.True(double.IsFinite(number)));
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(-1.1e300, 1)]
    [InlineData(0, double.NaN)]
    [InlineData(0, -1)]
    [InlineData(0, 1.1e300)]
    public void Fill_ParameterOutOfRange_IsRefused(double mean, double deviation)
    {
        using var supply = ScriptedSupply.OfGenerator(14);

        Assert.Throws<ArgumentOutOfRangeException>(() => Gaussians.Fill(supply, mean, deviation, new double[1]));
    }

    [Fact]
    public void Fill_GeneratorOutput_FitsTheNormalDistribution()
    {
        using var supply = ScriptedSupply.OfGenerator(15);
        var numbers = new double[200_000];

        Gaussians.Fill(supply, 0, 1, numbers);

        Assert.InRange(Goodness.KolmogorovSmirnov(numbers, Goodness.Normal), 0.001, 0.999);
    }

    [Fact]
    public void Fill_GeneratorOutput_FitsInTheTails()
    {
        using var supply = ScriptedSupply.OfGenerator(16);
        var numbers = new double[1_000_000];
        Gaussians.Fill(supply, 0, 1, numbers);
        double[] bounds = [-4, -3.5, -3, -2, 2, 3, 3.5, 4];
        var counts = new long[bounds.Length + 1];
        foreach (var number in numbers)
            counts[bounds.Count(bound => number > bound)]++;

        double[] at = [0, .. bounds.Select(Goodness.Normal), 1];
        var expected = Enumerable.Range(0, counts.Length).Select(i => 1e6 * (at[i + 1] - at[i])).ToArray();
        Assert.InRange(Goodness.ChiSquareScore(counts, expected), -3.09, 3.09); // p between 0.001 and 0.999
    }

    [Fact]
    public void Of_LogarithmOfAnyRadius_IsWithinItsError()
    {
        using var supply = ScriptedSupply.OfGenerator(17);
        for (var i = 0; i < 200_000; i++)
        {
            var x = Math.ScaleB(1 + UnitFloats.Next(supply), -1 - (i % 103));
            var expected = Math.Log(x);
            Assert.True(Math.Abs(PlainLogarithm.Of(x) - expected) <= 1e-15 * Math.Abs(expected), $"{x:R}");
        }
    }
}
