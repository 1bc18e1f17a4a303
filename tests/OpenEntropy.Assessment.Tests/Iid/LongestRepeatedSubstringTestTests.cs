using OpenEntropy.Assessment.Iid;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Iid;

public sealed class LongestRepeatedSubstringTestTests
{
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
