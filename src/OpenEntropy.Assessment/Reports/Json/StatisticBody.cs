using System.Text.Json.Serialization;
using OpenEntropy.Assessment.Randomness;

namespace OpenEntropy.Assessment.Reports.Json;

/// <summary>A figure on the way to a p-value. It alone may be infinite, where its denominator is 0; not even it may be no number.</summary>
internal sealed record StatisticBody(
    string Name,
    [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] double Value,
    string? Unit,
    double? Ideal
)
{
    public static StatisticBody Of(Statistic statistic) =>
        double.IsNaN(statistic.Value)
            ? throw new ArgumentException($"The statistic {statistic.Name} is not a number.", nameof(statistic))
            : new StatisticBody(statistic.Name, statistic.Value, statistic.Unit, statistic.Ideal);
}
