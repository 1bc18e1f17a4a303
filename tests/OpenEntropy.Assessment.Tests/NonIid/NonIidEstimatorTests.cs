using OpenEntropy.Assessment.NonIid;
using Xunit;

namespace OpenEntropy.Assessment.Tests.NonIid;

public sealed class NonIidEstimatorTests
{
    private static readonly SampleSet s_symbols = SampleSet.FromSamples(PredictorInputs.Create("biased", 9, 20_000, 3));
    private static readonly SampleSet s_bits = SampleSet.FromSamples(PredictorInputs.Create("biased", 2, 20_000, 3));

    [Fact]
    public void Run_OfEachAlone_GivesTheFiguresOfTheAssessment()
    {
        var (ofSymbols, ofBits) = (NonIidAssessment.Run(s_symbols), NonIidAssessment.Run(s_bits));

        foreach (var estimator in NonIidEstimator.All)
        {
            Assert.Equal(Named(ofSymbols.Bitstring, estimator), estimator.RunOnBitString(s_symbols));
            Assert.Equal(Named(ofBits.Literal, estimator), estimator.RunOnSymbols(s_bits));
            if (!estimator.OfBitsOnly)
                Assert.Equal(Named(ofSymbols.Literal, estimator), estimator.RunOnSymbols(s_symbols));
        }

        static EntropyEstimate Named(IReadOnlyList<EntropyEstimate> estimates, NonIidEstimator estimator) =>
            estimates.Single(estimate => (estimate.Estimator, estimate.Clause) == (estimator.Name, estimator.Clause));
    }

    [Fact]
    public void RunOnSymbols_OfBitsOnly_IsRefusedForMore()
    {
        NonIidEstimator[] ofBits = [.. NonIidEstimator.All.Where(estimator => estimator.OfBitsOnly)];

        Assert.Equal([NonIidEstimator.Collision, NonIidEstimator.Markov, NonIidEstimator.Compression], ofBits);
        Assert.All(
            ofBits,
            estimator =>
                Assert.Contains(
                    "takes two symbols, there are 9",
                    Assert.Throws<AssessmentInputException>(() => estimator.RunOnSymbols(s_symbols)).Message,
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public void Run_OfTooFewOrNone_IsNullOrRefused()
    {
        Assert.Null(NonIidEstimator.Compression.RunOnBitString(SampleSet.FromSamples([0, 1, 1])));
        Assert.Throws<ArgumentNullException>(() => NonIidEstimator.Lag.RunOnSymbols(null!));
        Assert.Throws<ArgumentNullException>(() => NonIidEstimator.Lag.RunOnBitString(null!));
    }

    [Fact]
    public void Run_WithThrowingCheckpoint_Ends() =>
        Assert.All(
            NonIidEstimator.All,
            estimator =>
                Assert.Throws<OperationCanceledException>(() =>
                    estimator.RunOnBitString(s_symbols, () => throw new OperationCanceledException())
                )
        );
}
