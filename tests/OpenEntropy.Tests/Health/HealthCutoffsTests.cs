using System.Globalization;
using System.Numerics;
using OpenEntropy.Health;
using Xunit;

namespace OpenEntropy.Tests.Health;

public sealed class HealthCutoffsTests
{
    /// <summary>The repetition count test's column of the table of SP 800-90B cutoffs, recomputed with exact decimals.</summary>
    [Theory]
    [InlineData(0.125, 40, 321)]
    [InlineData(0.125, 60, 481)]
    [InlineData(0.5, 20, 41)]
    [InlineData(0.5, 40, 81)]
    [InlineData(0.75, 40, 55)]
    [InlineData(1, 40, 41)]
    [InlineData(2.5, 40, 17)]
    [InlineData(8, 60, 9)]
    [InlineData(1.0 / 3, 20, 61)]
    [InlineData(1.0 / 3, 40, 121)]
    [InlineData(1.0 / 3, 60, 181)]
    public void Repetition_KnownClaims_GivesTheTablesCutoff(double minEntropy, int alphaExponent, int cutoff) =>
        Assert.Equal(cutoff, HealthCutoffs.Repetition(minEntropy, alphaExponent));

    /// <summary>Anchors of the corrected form, among them those where the printed form is one less (H = 0.5, 2, 4, 8 at 2^−20).</summary>
    [Theory]
    [InlineData(0.5, 20, 512, 411)]
    [InlineData(2, 20, 512, 178)]
    [InlineData(4, 20, 512, 63)]
    [InlineData(8, 20, 512, 14)]
    [InlineData(1, 20, 512, 311)]
    [InlineData(0.5, 30, 512, 422)]
    [InlineData(1, 30, 512, 325)]
    [InlineData(8, 30, 512, 17)]
    [InlineData(0.05, 30, 512, 513)]
    [InlineData(0.2, 40, 1024, 962)]
    [InlineData(0.125, 60, 512, 512)]
    public void Proportion_KnownClaims_GivesTheCorrectedCutoff(double minEntropy, int alphaExponent, int window, int cutoff) =>
        Assert.Equal(cutoff, HealthCutoffs.Proportion(minEntropy, alphaExponent, window));

    [VectorFact]
    public void Derive_EveryRowOfTheVectors_Agrees()
    {
        using var reader = new StreamReader(Vectors.Open("cutoffs.csv"));
        Assert.Equal("H,alpha_log2,rct,apt512,apt512_corrected,apt1024,apt1024_corrected", reader.ReadLine());
        var rows = 0;
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            var minEntropy = double.Parse(fields[0], CultureInfo.InvariantCulture);
            var exponent = -int.Parse(fields[1], CultureInfo.InvariantCulture);
            Assert.Equal((line, fields[2]), (line, Text(HealthCutoffs.Repetition(minEntropy, exponent))));
            Assert.Equal((line, fields[4]), (line, Text(HealthCutoffs.Proportion(minEntropy, exponent, 512))));

            // A window of 1,024 is for binary samples, which have no more than a bit.
            if (fields[6].Length > 0)
                Assert.Equal((line, fields[6]), (line, Text(HealthCutoffs.Proportion(minEntropy, exponent, 1024))));
            rows++;
        }

        Assert.True(rows > 50, $"only {rows} rows");
    }

    [Theory]
    [InlineData(0.125)]
    [InlineData(0.2)]
    [InlineData(1.0 / 3)]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void Derive_DefaultAlphas_AreTheLeastCutoffsByExactBinomialTails(double minEntropy)
    {
        var cutoffs = HealthCutoffs.Derive(minEntropy, new HealthOptions());
        AssertLeast(minEntropy, 40, cutoffs.ProportionIntermittent);
        AssertLeast(minEntropy, 60, cutoffs.ProportionPermanent);

        // The chance that C samples are equal, the first being free, is 2^(−H (C − 1)).
        Assert.True((cutoffs.RepetitionIntermittent - 1) * minEntropy >= 40 - 1e-9);
        Assert.True((cutoffs.RepetitionIntermittent - 2) * minEntropy < 40);
        Assert.True((cutoffs.RepetitionPermanent - 1) * minEntropy >= 60 - 1e-9);
        Assert.True((cutoffs.RepetitionPermanent - 2) * minEntropy < 60);
    }

    [Theory]
    [InlineData(0.12, true)]
    [InlineData(0.05, false)]
    public void CanFire_CutoffAgainstWindow_TellsATestThatNeverFires(double minEntropy, bool canFire)
    {
        var cutoffs = HealthCutoffs.Derive(minEntropy, new HealthOptions());
        Assert.Equal(canFire, cutoffs.CanFire);
        Assert.Equal(canFire, cutoffs.ProportionPermanent <= HealthCutoffs.Window);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(8.01)]
    public void Derive_ClaimThatNoByteHas_Throws(double minEntropy) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => HealthCutoffs.Derive(minEntropy, new HealthOptions()));

    /// <summary>P(1 + X ≥ C) ≤ α &lt; P(1 + X ≥ C − 1), X binomial over the W − 1 samples after the first, in whole numbers.</summary>
    private static void AssertLeast(double minEntropy, int alphaExponent, int cutoff)
    {
        const int Trials = HealthCutoffs.Window - 1;
        const int Bits = 60;

        // p as a fraction of 2^60: exact for the double that stands for 2^−H.
        var p = new BigInteger(Math.ScaleB(Math.Pow(2, -minEntropy), Bits));
        var q = (BigInteger.One << Bits) - p;
        var limit = BigInteger.One << ((Bits * Trials) - alphaExponent);
        var tail = BigInteger.Zero;
        var choose = BigInteger.One;
        for (var k = Trials; k >= cutoff - 1; k--)
        {
            tail += choose * BigInteger.Pow(p, k) * BigInteger.Pow(q, Trials - k);
            choose = choose * k / (Trials - k + 1);
        }

        Assert.True(tail <= limit, $"C = {cutoff} fires too often");
        tail += choose * BigInteger.Pow(p, cutoff - 2) * BigInteger.Pow(q, Trials - cutoff + 2);
        Assert.True(tail > limit, $"C = {cutoff} is not the least");
    }

    private static string Text(int cutoff) => cutoff.ToString(CultureInfo.InvariantCulture);
}
