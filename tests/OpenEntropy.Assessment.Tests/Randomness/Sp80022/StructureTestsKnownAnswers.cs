using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Assessment.Randomness.Sp80022;
using OpenEntropy.Tests;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Randomness.Sp80022;

/// <summary>
/// Ranks, spectrum, templates and linear complexity against NIST's program, STS 2.1.2, on its binary digits of π and e, and against the publication.
/// </summary>
public sealed class StructureTestsKnownAnswers
{
    [VectorTheory]
    [InlineData("pi")]
    [InlineData("e")]
    public void Run_AsSts212_HasItsPValues(string constant)
    {
        var bits = StsFiles.Digits(constant);
        var options = new RandomnessOptions { Mode = Sp80022Mode.Sts212 };

        AssertResults(constant, "Rank", new BinaryMatrixRankTest().Run(bits, options));
        AssertResults(constant, "FFT", new DiscreteFourierTransformTest().Run(bits, options));
        AssertResults(constant, "NonOverlappingTemplate", new NonOverlappingTemplateTest().Run(bits, options));
        AssertResults(constant, "OverlappingTemplate", new OverlappingTemplateTest().Run(bits, options));
        AssertResults(constant, "LinearComplexity", new LinearComplexityTest().Run(bits, options));
    }

    /// <summary>NIST's program counted 475,280 and 475,021 moduli below the threshold (<c>FFT.stats</c>).</summary>
    [VectorTheory]
    [InlineData("pi", 475_280)]
    [InlineData("e", 475_021)]
    public void Run_OfSpectrum_CountsNistsModuli(string constant, int below)
    {
        foreach (var mode in Enum.GetValues<Sp80022Mode>())
        {
            var result = new DiscreteFourierTransformTest().Run(StsFiles.Digits(constant), new RandomnessOptions { Mode = mode });

            Assert.Equal(below, result.Statistics.Single(statistic => statistic.Name == "N_1").Value);
        }
    }

    [VectorTheory]
    [InlineData("pi")]
    [InlineData("e")]
    public void Run_OfTemplates_NamesThemInNistsOrder(string constant)
    {
        var lines = StsFiles.Lines($"sp80022/{constant}/NonOverlappingTemplate.stats");
        var expected = lines.Where(line => line.StartsWith('0') || line.StartsWith('1')).Select(line => line[..9]);

        var result = new NonOverlappingTemplateTest().Run(StsFiles.Digits(constant), new RandomnessOptions());

        Assert.Equal(expected, result.PValues.Select(pValue => pValue.Name));
    }

    /// <summary>With the right π_0 of linear complexity and the right probabilities of overlapping templates.</summary>
    [VectorTheory]
    [InlineData("pi", 0.260704, 0.246857, 0.083553144, 0.010185826, 0.165757457)]
    [InlineData("e", 0.159032, 0.826194, 0.306155840, 0.847186705, 0.078790133)]
    public void Run_AsCorrected_HasThePublicationsPValues(
        string constant,
        double overlapping,
        double linearComplexity,
        double rank,
        double spectrum,
        double firstTemplate
    )
    {
        var bits = StsFiles.Digits(constant);
        var options = new RandomnessOptions();

        Assert.Equal(overlapping, new OverlappingTemplateTest().Run(bits, options).PValues.Single().Value, 5.1e-7);
        Assert.Equal(linearComplexity, new LinearComplexityTest().Run(bits, options).PValues.Single().Value, 5.1e-7);
        Assert.Equal(rank, new BinaryMatrixRankTest().Run(bits, options).PValues.Single().Value, 5.1e-10);
        Assert.Equal(spectrum, new DiscreteFourierTransformTest().Run(bits, options).PValues.Single().Value, 5.1e-10);
        Assert.Equal(firstTemplate, new NonOverlappingTemplateTest().Run(bits, options).PValues[0].Value, 5.1e-10);
    }

    /// <summary>2.5.8: 0.532069 of the first 100,000 digits of e.</summary>
    [VectorFact]
    public void Run_OfThePublicationsRankExample_HasItsPValue()
    {
        var result = new BinaryMatrixRankTest().Run(StsFiles.Digits("e", 100_000), new RandomnessOptions());

        Assert.Equal(0.53206862089245188, result.PValues.Single().Value, 1e-12);
    }

    /// <summary>2.10.8: 0.845406 of a million digits of e in blocks of 1,000, by NIST's program.</summary>
    [VectorFact]
    public void Run_OfThePublicationsLinearComplexityExample_HasItsPValue()
    {
        var options = new RandomnessOptions { LinearComplexityLength = 1000, Mode = Sp80022Mode.Sts212 };

        var result = new LinearComplexityTest().Run(StsFiles.Digits("e"), options);

        Assert.Equal(0.845406168821212, result.PValues.Single().Value, 1e-12);
    }

    private static void AssertResults(string constant, string file, RandomnessTestResult result)
    {
        var expected = StsFiles.Results(constant, file);

        Assert.Equal(expected.Length, result.PValues.Count);
        foreach (var (number, (_, actual)) in expected.Zip(result.PValues))
            Assert.Equal(number, actual, 1e-11 * number);
    }
}
