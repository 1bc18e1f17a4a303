using OpenEntropy.Assessment.NonIid;
using OpenEntropy.Assessment.Tests.NonIid;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Recorded;

/// <summary>The estimators against every figure that NIST's tool printed of data made by formula.</summary>
public sealed class NonIidKnownAnswerTests
{
    public static TheoryData<string> DataSets => [.. FormulaData.Names];

    [Theory]
    [MemberData(nameof(DataSets))]
    public void Run_OfDataMadeByFormula_GivesTheFiguresOfNistsTool(string name)
    {
        var samples = SampleSet.FromSamples(FormulaData.Samples(name));

        ToolFigures.AssertEqual(RecordedAnswers.NonIid[name], Assess(samples));
    }

    /// <summary>Fewer samples than are assessed still have their estimates.</summary>
    private static NonIidAssessment Assess(SampleSet samples) =>
        samples.Length >= NonIidAssessment.MinimumSamples
            ? NonIidAssessment.Run(samples)
            : EstimatorRun.Of([samples], new NonIidOptions())[0];
}
