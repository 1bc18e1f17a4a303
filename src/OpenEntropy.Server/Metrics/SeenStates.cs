using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using OpenEntropy.Health;

namespace OpenEntropy.Server.Metrics;

/// <summary>
/// The states that sources were seen in. All of them for all sources would be a quarter of a scrape; one that a source has left must go on at 0, since what
/// is pushed by OTLP goes on with the last value there was. What alerts ask for is there from the start, so that a rule that names it finds something.
/// </summary>
internal sealed class SeenStates
{
    private static readonly int s_alerted = Bit(SourceState.Failed) | Bit(SourceState.PermanentlyFailed);

    private readonly ConcurrentDictionary<string, int> _seen = new(StringComparer.Ordinal);

    /// <summary>1 for the state the source is in, 0 for the others that are shown.</summary>
    /// <param name="source">The source.</param>
    public IEnumerable<Measurement<double>> Of(EntropySourceStatus source)
    {
        var now = Bit(source.State) | (source.State == SourceState.Unavailable ? 0 : s_alerted);
        var seen = _seen.AddOrUpdate(source.Info.Name, static (_, now) => now, static (_, before, now) => before | now, now);
        return Labels.States("state", source.State, state => (seen & Bit(state)) != 0, ("source", source.Info.Name));
    }

    private static int Bit(SourceState state) => 1 << (int)state;
}
