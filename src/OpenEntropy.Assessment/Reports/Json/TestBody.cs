using OpenEntropy.Assessment.Randomness;

namespace OpenEntropy.Assessment.Reports.Json;

/// <summary>One test of bits.</summary>
internal sealed record TestBody(
    string Name,
    string Source,
    PValueKind Kind,
    IReadOnlyList<PValue> PValues,
    IReadOnlyList<StatisticBody> Statistics,
    string? Inapplicable,
    string? Caution
)
{
    public static TestBody Of(RandomnessTestResult result) =>
        new(
            result.Name,
            result.Source,
            result.Kind,
            result.PValues,
            [.. result.Statistics.Select(StatisticBody.Of)],
            result.Inapplicable,
            result.Caution
        );
}
