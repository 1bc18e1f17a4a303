using OpenEntropy.Pqc.Falcon;
using OpenEntropy.Pqc.Falcon.Sampling;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Falcon.Sampling;

public class KeyGaussianTests
{
    [Theory]
    [InlineData("Falcon-512")]
    [InlineData("Falcon-1024")]
    public void Tail_DerivedInDoubles_IsTheTable(string name)
    {
        var deviation = Deviation(name);
        var weights = Enumerable.Range(0, 80).Select(k => (k == 0 ? 1 : 2) * Math.Exp(-k * k / (2 * deviation * deviation))).ToArray();
        var tail = Of(name).Tail.ToArray();
        for (var k = 0; k < tail.Length; k++)
        {
            var expected = weights.Skip(k + 1).Sum() / weights.Sum();
            Assert.Equal(expected, Math.ScaleB(tail[k], -63), (expected * 1e-12) + Math.ScaleB(1, -63));
        }
        Assert.True(weights.Skip(tail.Length + 1).Sum() / weights.Sum() < Math.ScaleB(1, -63));
    }

    [Theory]
    [InlineData("Falcon-512")]
    [InlineData("Falcon-1024")]
    public void TryFill_ManyCoefficients_FollowTheGaussian(string name)
    {
        var polynomial = new sbyte[200_000];
        using var stream = new ShakeStream(FalconCases.Bytes($"gaussian {name}", 48));
        Assert.True(Of(name).TryFill(stream.Fill, polynomial, 127));
        var samples = polynomial.Select(value => (int)value).ToArray();

        Assert.True(ChiSquared.Excess(samples, 0, Deviation(name)) < 5);
        Assert.True(ChiSquared.Excess(samples, 0, Deviation(name) * 1.015) > 5);
        Assert.True(ChiSquared.Excess(samples, 0.1, Deviation(name)) > 5);
    }

    [Theory]
    [InlineData(0x0000000000000000UL, 37, true)]
    [InlineData(0x8000000000000000UL, -37, true)]
    [InlineData(0x0000000000000000UL, 37, false)]
    [InlineData(0x7FFFFFFFFFFFFFFFUL, 0, true)]
    [InlineData(0xFFFFFFFFFFFFFFFFUL, 0, true)]
    public void TryFill_Extremes_GiveTheGreatestAndLeast(ulong word, int expected, bool accepted)
    {
        var greatest = KeyGaussian.Of512.Tail.Length;
        Assert.Equal(37, greatest);
        var polynomial = new sbyte[1];
        var given = KeyGaussian.Of512.TryFill(
            target => BitConverter.TryWriteBytes(target, word),
            polynomial,
            accepted ? greatest : greatest - 1
        );

        Assert.Equal(accepted, given);
        Assert.Equal(expected, polynomial[0]);
    }

    private static KeyGaussian Of(string name) => name == "Falcon-512" ? KeyGaussian.Of512 : KeyGaussian.Of1024;

    private static double Deviation(string name) => 1.17 * Math.Sqrt(FalconParameters.Modulus / (2.0 * FalconCases.Set(name).Degree));
}
