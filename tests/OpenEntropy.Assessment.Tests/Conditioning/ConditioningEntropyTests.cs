using OpenEntropy.Assessment.Conditioning;
using OpenEntropy.Tests;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Conditioning;

public sealed class ConditioningEntropyTests
{
    // Printed by ea_conditioning 1.1.7.
    [Theory]
    [InlineData(512, 256, 256, "320", "256", "71.47123362705510238312", true)]
    [InlineData(640, 256, 256, "319", "256", "70.47123362705510238312", false)]
    [InlineData(1024, 512, 512, "576", "512", "72.47123362705510238312", true)]
    [InlineData(2048, 256, 256, "320.5", "256", "71.97123362705510238312", true)]
    [InlineData(512, 256, 256, "256", "255", null, false)]
    [InlineData(384, 384, 256, "300", "255.9999999999999179961", null, false)]
    [InlineData(128, 128, 128, "64", "64", null, false)]
    [InlineData(256, 256, 256, "128", "128", null, false)]
    [InlineData(8, 8, 8, "4", "3.917537839808027045262", null, false)]
    [InlineData(65, 64, 64, "60", "59.91253715874966059157", null, false)]
    public void Vetted_OfKnownPoints_IsAsTheTool(
        int inputBits,
        int outputBits,
        int width,
        string inputEntropy,
        string expected,
        string? epsilon,
        bool full
    )
    {
        var result = ConditioningEntropy.Vetted(inputBits, outputBits, width, decimal.Parse(inputEntropy));

        Assert.Equal(expected, result.OutputEntropy.ToString());
        Assert.Equal(expected, result.EntropyOfOutput.ToString());
        Assert.Equal(full, result.IsFullEntropy);
        if (epsilon is not null)
            Assert.Equal(epsilon, result.OutputEpsilonExponent.ToString());
    }

    [Fact]
    public void NotVetted_WithLowStatistic_IsBoundByIt()
    {
        var result = ConditioningEntropy.NotVetted(512, 256, 256, 320, 0.9m);

        Assert.Equal("0.8999999999999999999783", result.EntropyPerBit!.ToString());
        Assert.Equal("255.7439999999999999946", result.UnvettedBound!.ToString());
        Assert.Equal("230.3999999999999999944", result.EntropyOfOutput.ToString());
        Assert.Equal(230.39999999999998, result.EntropyOfOutputAtLeast);
        Assert.False(result.IsFullEntropy);
    }

    [VectorFact]
    public void Compute_OfTheToolsTranscript_PrintsTheSame()
    {
        using var reader = new StreamReader(Vectors.Open("sp80090b/ea_conditioning.txt"));
        var calls = reader.ReadToEnd().Split("$ ea_conditioning ", StringSplitOptions.RemoveEmptyEntries);

        Assert.NotEmpty(calls);
        Assert.All(
            calls,
            call => Assert.Equal(call.TrimEnd(), ConditioningTranscript.Of(call[..call.IndexOf('\n', StringComparison.Ordinal)]))
        );
    }

    [Theory]
    [InlineData(0, 1, 1, "0.5", "n_in")]
    [InlineData(1, 0, 1, "0.5", "n_out")]
    [InlineData(1, 1, -3, "0.5", "nw")]
    [InlineData(256, 256, 256, "0", "h_in")]
    [InlineData(256, 256, 256, "-1", "h_in")]
    [InlineData(256, 256, 256, "256.5", "h_in")]
    public void Vetted_OutOfRange_NamesTheArgument(int inputBits, int outputBits, int width, string inputEntropy, string name) =>
        Assert.StartsWith(
            name + " is",
            Assert
                .Throws<AssessmentInputException>(() =>
                    ConditioningEntropy.Vetted(inputBits, outputBits, width, decimal.Parse(inputEntropy))
                )
                .Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(double.NaN, 0.5, "h_in")]
    [InlineData(double.PositiveInfinity, 0.5, "h_in")]
    [InlineData(256.0, double.NaN, "h'")]
    [InlineData(256.0, 1.0000000000000002, "h'")]
    [InlineData(256.0, 0.0, "h'")]
    public void NotVetted_OutOfRange_NamesTheArgument(double inputEntropy, double perBit, string name) =>
        Assert.StartsWith(
            name + " is",
            Assert.Throws<AssessmentInputException>(() => ConditioningEntropy.NotVetted(256, 256, 256, inputEntropy, perBit)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Vetted_OfMoreInputEntropy_GivesMoreUntilOmegaDecides()
    {
        foreach (
            var (inputBits, outputBits, width) in new[] { (8, 8, 8), (65, 64, 64), (512, 256, 128), (4_096, 256, 256), (65_536, 512, 512) }
        )
        {
            var last = 0.0;
            for (var step = 1; step <= 64; step++)
            {
                var inputEntropy = inputBits * step / 64.0;
                var result = ConditioningEntropy.Vetted(inputBits, outputBits, width, inputEntropy);

                var bits = result.OutputEntropyAtLeast;
                Assert.InRange(bits, 0, Math.Min(inputEntropy, Math.Min(outputBits, width)));
                // ω grows with h_in, so that the result falls a little where it decides.
                Assert.True(bits >= last || inputEntropy > width / 2.0, $"h_in = {inputEntropy}");
                last = bits;
            }
        }
    }

    [Fact]
    public void Vetted_NearItsBound_IsNeverCreditedWhole()
    {
        var result = ConditioningEntropy.Vetted(512, 256, 256, 320);

        Assert.True(result.IsCloseToOutputBits && result.IsCloseToWidth && !result.IsCloseToInputEntropy);
        Assert.Equal(Math.BitDecrement(256.0), result.EntropyOfOutputAtLeast);
    }

    [Fact]
    public void Vetted_OfVeryWideInput_KeepsItsEpsilon()
    {
        // All of 65,536 bits are entropy: ψ = 2^−256 + 2^−65536, and ω exceeds it by √(512 ln 2) 2^−32640.
        var result = ConditioningEntropy.Vetted(65_536, 256, 256, 65_536);

        var expected = 32_640 + Math.Log2(256 * Math.Log(2)) - (Math.Log2(512 * Math.Log(2)) / 2);
        Assert.Equal(expected, result.OutputEpsilonExponent.RoundedDown, 1e-9);
    }

    [Fact]
    public void Vetted_OfOneBit_IsNothing()
    {
        // n = n_in = 1: ψ = P_low + P_high = 1.
        Assert.Equal("0", ConditioningEntropy.Vetted(1, 1, 1, 0.5m).OutputEntropy.ToString());
        Assert.Equal(0, ConditioningEntropy.Vetted(1, 1, 1, 1e-300).OutputEntropyAtLeast);
    }

    [Fact]
    public void Vetted_OfNextToNoEntropy_IsNotAboveIt()
    {
        foreach (var inputEntropy in new[] { 1e-3, 1e-30, 1e-300 })
            Assert.InRange(ConditioningEntropy.Vetted(512, 256, 256, inputEntropy).OutputEntropyAtLeast, 0.99 * inputEntropy, inputEntropy);
    }

    [Fact]
    public void Vetted_OfFewBits_IsAsTheFormulaInDoubles()
    {
        var generator = new SeededGenerator(5);
        for (var round = 0; round < 300; round++)
        {
            var (inputBits, outputBits, width) = (1 + generator.Below(40), 1 + generator.Below(40), 1 + generator.Below(40));
            var inputEntropy = inputBits * (generator.Unit() + 1e-6) / 1.00001;

            var result = ConditioningEntropy.Vetted(inputBits, outputBits, width, inputEntropy);

            Assert.Equal(InDoubles(inputBits, outputBits, Math.Min(width, inputBits), inputEntropy), result.OutputEntropyAtLeast, 1e-9);
        }
    }

    private static double InDoubles(int inputBits, int outputBits, int width, double inputEntropy)
    {
        var high = Math.Pow(2, -inputEntropy);
        var low = (1 - high) / (Math.Pow(2, inputBits) - 1);
        var n = Math.Min(outputBits, width);
        var psi = (Math.Pow(2, inputBits - n) * low) + high;
        var u = Math.Pow(2, inputBits - n) + Math.Sqrt(2 * n * Math.Pow(2, inputBits - n) * Math.Log(2));
        return Math.Max(0, -Math.Log2(Math.Max(psi, u * low)));
    }
}
