using System.Collections.Concurrent;
using OpenEntropy.Server.Health;

namespace OpenEntropy.Server.Errors;

/// <summary>Answers that had begun and were broken off.</summary>
internal sealed class BrokenOffCounts
{
    // What is asked most is there from the start, at 0, so that the first to be broken off shows as an increase.
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, long>> _routes = new(
        new[] { "/api/v1/random", "/api/v1/stream" }.Select(route => KeyValuePair.Create(route, None())),
        StringComparer.Ordinal
    );

    /// <summary>How many, by route and reason.</summary>
    public IEnumerable<(string Route, IReadOnlyDictionary<string, long> Reasons)> Routes =>
        _routes.Select(each => (each.Key, (IReadOnlyDictionary<string, long>)each.Value));

    /// <summary>Counts one.</summary>
    /// <param name="reason">Why; one of <see cref="BrokenOffException"/>'s.</param>
    /// <param name="route">The pattern of its route, of which there are as many as the service maps.</param>
    public void Add(string reason, string route) =>
        _routes.GetOrAdd(route, static _ => None()).AddOrUpdate(reason, 1, static (_, count) => count + 1);

    private static ConcurrentDictionary<string, long> None() =>
        new(StateNames<RefusalReason>.All.Values.Select(reason => KeyValuePair.Create(reason, 0L)), StringComparer.Ordinal);
}
