using OpenEntropy.Assessment.Iid;
using OpenEntropy.Tests;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Iid;

public sealed class LongestRepeatedSubstringTestTests
{
    public static TheoryData<string> Assessed =>
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
    [MemberData(nameof(Assessed))]
    public void Run_NistsData_EqualsTheTool(string name)
    {
        var tool = DataSets.Iid(name);

        var result = LongestRepeatedSubstringTest.Run(DataSets.Samples(name));

        tool.AssertDouble("Literal Longest Repeated Substring results: P_col", result.PCollision);
        tool.AssertInteger("Literal Longest Repeated Substring results: W", result.W);
        tool.AssertDouble("Literal Longest Repeated Substring results: Pr(X >= 1)", result.Probability);
        Assert.Contains($"Length of longest repeated substring test: {(result.Passed ? "Passed" : "Failed")}", tool.Lines);
    }

    [Fact]
    public void Run_RecordingTwiceOver_Fails()
    {
        var once = SeededSamples.Of(seed: 7, length: 5_000, alphabetSize: 256);

        var result = LongestRepeatedSubstringTest.Run(SampleSet.FromSamples([.. once, .. once]));

        Assert.Equal((5_000, 0.0, false), (result.W, result.Probability, result.Passed));
    }

    [Fact]
    public void Run_NothingRepeated_SaysWhatIsNeeded() =>
        Assert.Contains(
            "4 samples",
            Assert.Throws<AssessmentInputException>(() => LongestRepeatedSubstringTest.Run(SampleSet.FromSamples([2, 0, 1, 3]))).Message,
            StringComparison.Ordinal
        );
}
