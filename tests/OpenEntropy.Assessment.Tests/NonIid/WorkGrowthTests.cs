using OpenEntropy.Assessment.NonIid;
using Xunit;

namespace OpenEntropy.Assessment.Tests.NonIid;

/// <summary>
/// Twice the samples are at most twice the work, also of samples that hardly ever change: work is counted in checkpoints, which every loop over the
/// samples and every step of a search passes.
/// </summary>
public sealed class WorkGrowthTests
{
    private const int Length = 1 << 18;

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var estimator in NonIidEstimator.All)
            {
                foreach (var shape in (string[])["rare marks", "regular marks", "periodic", "one mark"])
                    cases.Add(estimator.Name, shape);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_OfTwiceTheSamples_PassesAtMostTwiceTheCheckpoints(string name, string shape)
    {
        var estimator = NonIidEstimator.All.Single(other => other.Name == name);

        AssertInProportion(samples => Calls(checkpoint => estimator.RunOnBitString(samples, checkpoint)));
        if (!estimator.OfBitsOnly)
            AssertInProportion(samples => Calls(checkpoint => estimator.RunOnSymbols(samples, checkpoint)));

        void AssertInProportion(Func<SampleSet, int> calls)
        {
            var (once, twice) = (calls(Samples(shape, Length)), calls(Samples(shape, 2 * Length)));
            Assert.InRange(twice, 1, (2.2 * once) + 20);
        }
    }

    /// <summary>The whole assessment, with the two orders of suffixes in one.</summary>
    [Theory]
    [InlineData("rare marks")]
    [InlineData("regular marks")]
    [InlineData("periodic")]
    [InlineData("one mark")]
    public void Assess_TwiceTheSamples_PassesAtMostTwiceTheCheckpoints(string shape)
    {
        var (once, twice) = (Assess(Length / 2), Assess(Length));

        Assert.InRange(twice, once + 1, (2.2 * once) + 20);

        int Assess(int length) =>
            Calls(checkpoint =>
                NonIidAssessment.Run(Samples(shape, length), new NonIidOptions { Parallelism = 1, Checkpoint = checkpoint })
            );
    }

    private static int Calls(Action<Checkpoint> run)
    {
        var calls = 0;
        run(() => calls++);
        return calls;
    }

    private static SampleSet Samples(string shape, int length)
    {
        var random = new SplitMix(17);
        var samples = new byte[length];
        for (var i = 0; i < length; i++)
        {
            samples[i] = shape switch
            {
                "rare marks" => (byte)(random.Below(1000) == 0 ? 1 + random.Below(3) : 0),
                "regular marks" => (byte)(i % 1000 == 0 ? 1 + (i / 1000 % 3) : 0),
                "periodic" => (byte)(i % 257 % 4),
                _ => (byte)(i == length / 2 ? 3 : 0),
            };
        }

        return SampleSet.FromSamples(samples, 4);
    }
}
