using OpenEntropy.Assessment;
using OpenEntropy.Assessment.NonIid;
using OpenEntropy.Server.Assessment;

namespace OpenEntropy.Server.Tests.Assessment;

/// <summary>Assessments that say what a test wants.</summary>
internal static class ScriptedAssessment
{
    /// <summary>Says the same of every recording.</summary>
    public static AssessSamples Always(double minEntropy) => (samples, _) => Of(samples, minEntropy);

    public static NonIidAssessment Of(SampleSet samples, double minEntropy) =>
        new()
        {
            Mode = NonIidMode.Initial,
            Samples = samples.Length,
            AlphabetSize = samples.AlphabetSize,
            SymbolBits = samples.SymbolBits,
            Bits = samples.BitLength,
            Literal =
            [
                new ScriptedEstimate(minEntropy)
                {
                    Longest = 17,
                    Bound = 0.25,
                    Counts = [1, 2, 3],
                },
            ],
            Bitstring = [new ScriptedEstimate(1) { Bound = double.NaN }],
        };

    /// <summary>A history of figures, an hour apart.</summary>
    public static SourceHistory History(params double[] figures) =>
        figures.Select(Figure).Aggregate((SourceHistory?)null, SourceHistory.Add)!;

    public static AssessedFigure Figure(double minEntropy, int number = 0) =>
        new()
        {
            Time = DateTimeOffset.UnixEpoch.AddHours(number),
            MinEntropy = minEntropy,
            HOriginal = minEntropy,
            HBitstring = 0.875,
            Samples = 1_000_000,
            Trigger = AssessmentTrigger.Requested,
            Sha256 = new string('0', 64),
        };
}

/// <summary>An estimate with values on the way to it.</summary>
internal sealed record ScriptedEstimate(double MinEntropy) : EntropyEstimate(MinEntropy)
{
    public override string Estimator => "Scripted";

    public override string Clause => "6.3.0";

    public long Longest { get; init; }

    public double Bound { get; init; }

    public IReadOnlyList<int> Counts { get; init; } = [];
}
