using OpenEntropy.Assessment.Iid;
using OpenEntropy.Assessment.NonIid;
using OpenEntropy.Tests;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Iid;

public sealed class IidAssessmentTests
{
    public static TheoryData<string> Sets => [.. DataSets.OfNist];

    [VectorTheory]
    [MemberData(nameof(Sets))]
    public void Run_OfNistsData_IsAsTheTool(string name)
    {
        var tool = DataSets.Iid(name);

        var assessment = IidAssessment.Run(DataSets.Samples(name));

        AssertTest(tool, "Chi square independence", assessment.Independence);
        AssertTest(tool, "Chi square goodness of fit", assessment.GoodnessOfFit);
        Assert.Contains(
            "Chi square tests: " + (assessment.Independence.IsRejected || assessment.GoodnessOfFit.IsRejected ? "Failed" : "Passed"),
            tool.Lines
        );
        AssertTest(tool, assessment.LongestRepeatedSubstring!);
        Assert.Equal(
            tool.Lines.Any(line => line is "Chi square tests: Failed" or "Length of longest repeated substring test: Failed"),
            assessment.IsRejected
        );
        AssertFigures(tool, "Literal", assessment.Literal);
        Assert.Equal(tool.Has("Bitstring Most Common Value Estimate: Mode count"), assessment.Bitstring is not null);
        if (assessment.Bitstring is { } bitstring)
            AssertFigures(tool, "Bitstring", bitstring);
    }

    [Fact]
    public void Run_OfOneLongRepetition_IsRejectedByItAlone()
    {
        var samples = SeededSamples.Of(seed: 7, length: 10_000, alphabetSize: 16);
        samples.AsSpan(0, 100).CopyTo(samples.AsSpan(5_000));

        var assessment = IidAssessment.Run(SampleSet.FromSamples(samples));

        Assert.False(assessment.Independence.IsRejected || assessment.GoodnessOfFit.IsRejected);
        Assert.True(assessment.LongestRepeatedSubstring is { W: >= 100, Passed: false });
        Assert.True(assessment.IsRejected);
    }

    [Fact]
    public void Run_OfSamplesOfWhichNoneOccursTwice_LeavesTheSubstringTestOut()
    {
        var assessment = IidAssessment.Run(SampleSet.FromSamples([.. Enumerable.Range(0, 12).Select(i => (byte)(i * 5 % 12))]));

        Assert.Null(assessment.LongestRepeatedSubstring);
        Assert.False(assessment.IsRejected);
    }

    [Fact]
    public void Run_EndedByItsCheckpoint_TellsTheCaller()
    {
        var samples = SampleSet.FromSamples(SeededSamples.Of(seed: 8, length: 100_000, alphabetSize: 256));
        var calls = 0;

        Assert.Throws<OperationCanceledException>(() =>
            IidAssessment.Run(samples, () => _ = ++calls == 3 ? throw new OperationCanceledException() : 0)
        );
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

    private static void AssertTest(ToolOutput tool, LongestRepeatedSubstringTest actual)
    {
        tool.AssertDouble("Literal Longest Repeated Substring results: P_col", actual.PCollision);
        tool.AssertInteger("Literal Longest Repeated Substring results: W", actual.W);
        tool.AssertDouble("Literal Longest Repeated Substring results: Pr(X >= 1)", actual.Probability);
        Assert.Contains("Length of longest repeated substring test: " + (actual.Passed ? "Passed" : "Failed"), tool.Lines);
    }

    private static void AssertFigures(ToolOutput tool, string sequence, MostCommonValueEstimate actual)
    {
        tool.AssertInteger(sequence + " Most Common Value Estimate: Mode count", actual.ModeCount);
        tool.AssertDouble(sequence + " Most Common Value Estimate: p-hat", actual.PHat);
        tool.AssertDouble(sequence + " Most Common Value Estimate: p_u", actual.PUpper);
        tool.AssertDouble(sequence + " Most Common Value Estimate: min entropy", actual.MinEntropy);
    }
}
