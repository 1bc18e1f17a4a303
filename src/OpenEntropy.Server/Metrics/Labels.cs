using System.Diagnostics.Metrics;
using OpenEntropy.Server.Health;

namespace OpenEntropy.Server.Metrics;

/// <summary>Measurements with their labels. Every label is one of <c>source, category, test, reason, quality, type, route, state</c> and <c>le</c>, whose values are bounded.</summary>
internal static class Labels
{
    /// <summary>One measurement with its labels.</summary>
    public static Measurement<double> Of(double value, string label, string labelValue, params (string Label, string Value)[] further) =>
        With(value, label, labelValue, further);

    /// <summary>1 for the state that holds and 0 for each of the others, so that a dashboard can add them up.</summary>
    public static IEnumerable<Measurement<double>> States<T>(string label, T state)
        where T : struct, Enum => States(label, state, static _ => true);

    /// <summary>The same of some states.</summary>
    public static IEnumerable<Measurement<double>> States<T>(
        string label,
        T state,
        Func<T, bool> isShown,
        params (string Label, string Value)[] further
    )
        where T : struct, Enum =>
        StateNames<T>
            .All.Where(each => isShown(each.Key))
            .Select(each => With(EqualityComparer<T>.Default.Equals(each.Key, state) ? 1 : 0, label, each.Value, further));

    /// <summary>A measurement for each entry.</summary>
    public static IEnumerable<Measurement<double>> Each(
        string label,
        IEnumerable<KeyValuePair<string, long>> counts,
        params (string Label, string Value)[] further
    ) => counts.Select(count => With(count.Value, label, count.Key, further));

    private static Measurement<double> With(double value, string label, string labelValue, (string Label, string Value)[] further) =>
        new(
            value,
            [
                .. further.Select(each => new KeyValuePair<string, object?>(each.Label, each.Value)),
                new KeyValuePair<string, object?>(label, labelValue),
            ]
        );
}
