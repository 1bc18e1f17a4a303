using OpenEntropy.Assessment.Numerics;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Numerics;

/// <summary>Against values computed with mpmath 1.3.0 at 60 digits.</summary>
public sealed class DistributionsTests
{
    private const double RelativeTolerance = 5e-13;

    [Theory]
    [InlineData(0.5, 0.024893534183931972, 0.82343420560946123)]
    [InlineData(0.5, 0.5, 0.31731050786291409)]
    [InlineData(0.5, 10.1, 6.9752935631655454e-06)]
    [InlineData(0.5, 540.5, 4.451013568425036e-237)]
    [InlineData(1, 0.049787068367863944, 0.95143199290045344)]
    [InlineData(1, 1.0, 0.36787944117144233)]
    [InlineData(1, 10.6, 2.4916009731503204e-05)]
    [InlineData(1, 541.0, 1.1134873572652229e-235)]
    [InlineData(2.5, 0.12446767091965985, 0.99849475362320594)]
    [InlineData(2.5, 2.5, 0.41588018699550794)]
    [InlineData(2.5, 12.1, 0.00019871654982393276)]
    [InlineData(2.5, 542.5, 2.3681392796433099e-232)]
    [InlineData(19.5, 0.9708478331733469, 1)]
    [InlineData(19.5, 19.5, 0.46987819777120643)]
    [InlineData(19.5, 29.1, 0.024596272454635169)]
    [InlineData(19.5, 559.5, 2.6197122214620506e-209)]
    [InlineData(20.5, 6.916922292793874, 0.99997841163408496)]
    [InlineData(20.5, 21.40553851381374, 0.39336152687100301)]
    [InlineData(20.5, 56.72154055254967, 1.0201274831939359e-08)]
    [InlineData(20.5, 183.4969324864735, 5.8162558073927081e-54)]
    [InlineData(512, 376.23549801218286, 0.99999999998158184)]
    [InlineData(512, 512.0, 0.49412296168021641)]
    [InlineData(512, 693.0193359837562, 2.4471711655434372e-13)]
    [InlineData(512, 1326.587011926903, 9.2791229917840246e-145)]
    [InlineData(3906, 3531.012000192006, 0.99999999971435694)]
    [InlineData(3906, 3906.0, 0.49787223672382946)]
    [InlineData(3906, 4405.983999743992, 7.5104404919094399e-15)]
    [InlineData(3906, 6155.927998847963, 3.8651465318250037e-208)]
    [InlineData(16384, 15616.0, 0.99999999944864337)]
    [InlineData(16384, 16384.0, 0.49896108745922391)]
    [InlineData(16384, 17408.0, 2.221578087081376e-15)]
    [InlineData(16384, 20992.0, 1.9438737749792452e-240)]
    [InlineData(32768, 31681.88398409746, 0.99999999934333106)]
    [InlineData(32768, 32768.0, 0.49926537802188137)]
    [InlineData(32768, 34216.15468787005, 1.5485367622232677e-15)]
    [InlineData(32768, 39284.696095415224, 1.3423996809938433e-251)]
    [InlineData(262144, 259072.0, 0.99999999914365423)]
    [InlineData(262144, 262144.0, 0.49974027194735932)]
    [InlineData(262144, 266240.0, 8.6466245884393734e-16)]
    [InlineData(262144, 280576.0, 1.427027416508852e-271)]
    [InlineData(1048576.5, 1042432.4985351565, 0.99999999908054904)]
    [InlineData(1048576.5, 1048269.2999267578, 0.61779843986479688)]
    [InlineData(1048576.5, 1049600.5002441406, 0.15865521549794676)]
    [InlineData(1048576.5, 1052672.5009765625, 3.2329529479892116e-05)]
    public void UpperIncompleteGammaRatio_OfTheRangesInUse_KeepsTwelveDigits(double a, double x, double expected) =>
        AssertClose(expected, Distributions.UpperIncompleteGammaRatio(a, x));

    [Theory]
    [InlineData(0.01, 0.98871658444415034)]
    [InlineData(0.5, 0.47950012218695348)]
    [InlineData(-0.5, 1.5204998778130465)]
    [InlineData(1, 0.15729920705028513)]
    [InlineData(2, 0.0046777349810472662)]
    [InlineData(-3, 1.9999779095030015)]
    [InlineData(4, 1.541725790028002e-08)]
    [InlineData(8, 1.1224297172982926e-29)]
    [InlineData(15, 7.2129941724512068e-100)]
    [InlineData(22, 1.6219058609334726e-212)]
    [InlineData(26.2, 1.6432507924389461e-300)]
    public void ErrorFunctionComplement_DownToTheTails_KeepsTwelveDigits(double x, double expected) =>
        AssertClose(expected, Distributions.ErrorFunctionComplement(x));

    [Theory]
    [InlineData(0.01, 0.98871658444415034)]
    [InlineData(0.5, 0.47950012218695348)]
    [InlineData(-0.5, 1.5204998778130465)]
    [InlineData(1, 0.15729920705028513)]
    [InlineData(2, 0.0046777349810472662)]
    [InlineData(-3, 1.9999779095030015)]
    [InlineData(4, 1.541725790028002e-08)]
    [InlineData(8, 1.1224297172982926e-29)]
    [InlineData(15, 7.2129941724512068e-100)]
    [InlineData(22, 1.6219058609334726e-212)]
    [InlineData(26.2, 1.6432507924389461e-300)]
    public void NormalCdf_OfMinusRootTwoX_IsHalfErfc(double x, double expected) =>
        AssertClose(expected / 2, Distributions.NormalCdf(-x * Math.Sqrt(2)));

    [Fact]
    public void UpperIncompleteGammaRatio_OfWholeNumbers_IsTheTailOfPoisson()
    {
        // Q(a, x) = e^-x (1 + x + ... + x^(a-1)/(a-1)!): the probability of fewer than a events where x are expected.
        foreach (var x in new[] { 0.001, 0.5, 3, 17.25, 60 })
        {
            var term = Math.Exp(-x);
            var sum = 0.0;
            for (var a = 1; a <= 80; a++)
            {
                sum += term;
                term *= x / a;
                AssertClose(sum, Distributions.UpperIncompleteGammaRatio(a, x));
            }
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(16)]
    [InlineData(32768)]
    public void UpperIncompleteGammaRatio_AcrossItsTwoMethods_FallsSteadily(double a)
    {
        var previous = 1.0;
        for (var x = a * 0.9; x < (a * 1.1) + 3; x += ((a * 0.2) + 3) / 1000)
        {
            var value = Distributions.UpperIncompleteGammaRatio(a, x);
            Assert.InRange(value, 0, previous);
            previous = value;
        }
    }

    [Fact]
    public void UpperIncompleteGammaRatio_AtTheEnds_IsOneAndZero()
    {
        Assert.Equal(1, Distributions.UpperIncompleteGammaRatio(3, 0));
        Assert.Equal(1, Distributions.UpperIncompleteGammaRatio(3, -1e-9));
        Assert.Equal(1, Distributions.UpperIncompleteGammaRatio(0.5, 1e-320), 1e-12);
        Assert.Equal(0, Distributions.UpperIncompleteGammaRatio(3, 1e6));
        Assert.Equal(0, Distributions.UpperIncompleteGammaRatio(3, double.PositiveInfinity));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(1, double.NaN)]
    public void UpperIncompleteGammaRatio_OutOfItsRange_IsRefused(double a, double x) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Distributions.UpperIncompleteGammaRatio(a, x));

    private static void AssertClose(double expected, double actual) =>
        Assert.True(
            Math.Abs(actual - expected) <= RelativeTolerance * Math.Abs(expected),
            $"expected {expected:R}, was {actual:R}, relative difference {(actual - expected) / expected:E2}"
        );
}
