using OpenEntropy.Assessment.Iid;
using OpenEntropy.Tests;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Iid;

public sealed class IidAssessmentTests
{
    public static TheoryData<string> Sets =>
        [
            "sp80090b/rand1_short",
            "sp80090b/rand4_short",
            "sp80090b/rand8_short",
            "sp80090b/truerand_1bit",
            "sp80090b/biased-random-bits",
            "sp80090b/truerand_8bit",
            "sp80090b/biased-random-bytes",
        ];

    [VectorTheory]
    [MemberData(nameof(Sets))]
    public void Run_OfNistsData_IsAsTheTool(string name)
    {
        var tool = DataSets.Iid(name);

        var assessment = IidAssessment.Run(DataSets.Samples(name));

        AssertTest(tool, "Chi square independence", assessment.Independence);
        AssertTest(tool, "Chi square goodness of fit", assessment.GoodnessOfFit);
        Assert.Contains("Chi square tests: " + (assessment.IsRejected ? "Failed" : "Passed"), tool.Lines);
        AssertFigures(tool, "Literal", assessment.Literal);
        Assert.Equal(tool.Has("Bitstring Most Common Value Estimate: Mode count"), assessment.Bitstring is not null);
        if (assessment.Bitstring is { } bitstring)
            AssertFigures(tool, "Bitstring", bitstring);
    }

    [Fact]
    public void Run_OfAnything_SaysThatItGrantsNothing()
    {
        Assert.Contains("does not show that samples are IID", IidAssessment.Reservation, StringComparison.Ordinal);
        Assert.DoesNotContain(
            typeof(IidAssessment).GetProperties(),
            property => property.Name.Contains("Entropy", StringComparison.Ordinal)
        );
    }

    private static void AssertTest(ToolOutput tool, string name, ChiSquareResult actual)
    {
        tool.AssertDouble(name + ": T", actual.Statistic);
        tool.AssertInteger(name + ": df", actual.DegreesOfFreedom);
        tool.AssertDouble(name + ": P-value", actual.PValue!.Value, 1e-10);
    }

    private static void AssertFigures(ToolOutput tool, string sequence, MostCommonValueFigures actual)
    {
        tool.AssertInteger(sequence + " Most Common Value Estimate: Mode count", actual.Count);
        tool.AssertDouble(sequence + " Most Common Value Estimate: p-hat", actual.Proportion);
        tool.AssertDouble(sequence + " Most Common Value Estimate: p_u", actual.UpperBound);
        tool.AssertDouble(sequence + " Most Common Value Estimate: min entropy", actual.MinEntropy);
    }
}
