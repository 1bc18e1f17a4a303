using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Sources;

namespace OpenEntropy.Server.Dashboard;

/// <summary>Answers <c>/events/history</c>.</summary>
internal static class HistoryRoute
{
    private const int DefaultMinutes = 5;

    private static readonly Dictionary<string, int> s_minutes = new(StringComparer.Ordinal)
    {
        ["5"] = 5,
        ["15"] = 15,
        ["60"] = 60,
        ["360"] = 360,
        ["1440"] = 1440,
    };

    /// <summary>The points of the last minutes.</summary>
    /// <param name="minutes">How many.</param>
    /// <param name="source">One source; null: the whole.</param>
    /// <param name="history">The entropies.</param>
    /// <param name="pool">Knows the sources.</param>
    public static IResult Get(string? minutes, string? source, EntropyHistory history, EntropyPool pool)
    {
        var span = DefaultMinutes;
        if (minutes is not null && !s_minutes.TryGetValue(minutes, out span))
        {
            return new ErrorResult(StatusCodes.Status400BadRequest, "minutes must be 5, 15, 60, 360 or 1440", nameof(minutes));
        }

        return source is not null && pool.FindSource(source) is null
            ? SourceEndpoints.Unknown(source, pool, nameof(source))
            : new JsonAnswer<HistoryBody>(history.Read(span, source), DashboardJson.Default.HistoryBody);
    }
}
