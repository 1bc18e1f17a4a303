using OpenEntropy.Assessment.NonIid;

namespace OpenEntropy.Assessment.Reports;

/// <summary>A value on the way to an estimate.</summary>
/// <param name="Name">For programs: a name that stays.</param>
/// <param name="Symbol">For people: as in the standard.</param>
/// <param name="Value">The value; null where there is none, as the estimate's documentation says.</param>
/// <param name="Unit">Its unit.</param>
internal readonly record struct EstimateFigure(string Name, string Symbol, double? Value, string Unit);

/// <summary>The intermediate values of each estimator of SP 800-90B, 6.3.</summary>
internal static class EstimateFigures
{
    private const string Probability = "probability";
    private const string Count = "count";
    private const string Bits = "bits";
    private const string Length = "symbols";

    public static IReadOnlyList<EstimateFigure> Of(EntropyEstimate estimate) =>
        estimate switch
        {
            MostCommonValueEstimate mcv =>
            [
                new("modeCount", "count of the most common symbol", mcv.ModeCount, Count),
                new("pHat", "p-hat", mcv.PHat, Probability),
                new("pUpper", "p_u", mcv.PUpper, Probability),
            ],
            CollisionEstimate collision => Of(collision),
            MarkovEstimate markov => Of(markov),
            CompressionEstimate compression =>
            [
                new("mean", "X-bar", compression.Mean, Bits),
                new("standardDeviation", "sigma-hat", compression.StandardDeviation, Bits),
                new("lowerMean", "X-bar'", compression.LowerMean, Bits),
                new("p", "p", compression.FoundP ? compression.P : null, Probability),
            ],
            TupleEstimate tuple =>
            [
                new("t", "t", tuple.T, Length),
                new("pHatMax", "p-hat_max", tuple.PHatMax, Probability),
                new("pUpper", "p_u", tuple.PUpper, Probability),
            ],
            LongestRepeatedSubstringEstimate substring =>
            [
                new("u", "u", substring.U, Length),
                new("v", "v", substring.V, Length),
                new("pHat", "p-hat", substring.PHat, Probability),
                new("pUpper", "p_u", substring.PUpper, Probability),
            ],
            PredictionEstimate prediction => Of(prediction),
            _ => throw new ArgumentOutOfRangeException(nameof(estimate), estimate, "An estimate without a form in reports."),
        };

    private static EstimateFigure[] Of(CollisionEstimate estimate) =>
        [
            new("collisions", "v", estimate.Collisions, Count),
            new("bitsToCollisions", "sum of t_i", estimate.BitsToCollisions, Bits),
            new("mean", "X-bar", estimate.Mean, Bits),
            new("standardDeviation", "sigma-hat", estimate.StandardDeviation, Bits),
            new("lowerMean", "X-bar'", estimate.LowerMean, Bits),
            new("p", "p", estimate.FoundP ? estimate.P : null, Probability),
        ];

    private static EstimateFigure[] Of(MarkovEstimate estimate) =>
        [
            new("p0", "P_0", estimate.P0, Probability),
            new("p1", "P_1", estimate.P1, Probability),
            new("p00", "P_0,0", estimate.P00, Probability),
            new("p01", "P_0,1", estimate.P01, Probability),
            new("p10", "P_1,0", estimate.P10, Probability),
            new("p11", "P_1,1", estimate.P11, Probability),
            new("pHatMax", "p-hat_max", estimate.PHatMax, Probability),
        ];

    private static EstimateFigure[] Of(PredictionEstimate estimate) =>
        [
            new("correct", "C", estimate.Correct, Count),
            new("runBound", "r", estimate.RunBound, Count),
            new("predictions", "N", estimate.Predictions, Count),
            new("pGlobal", "P_global", estimate.PGlobal, Probability),
            new("pGlobalUpper", "P'_global", estimate.PGlobalUpper, Probability),
            new("pLocal", "P_local", estimate.PLocal, Probability),
        ];
}
