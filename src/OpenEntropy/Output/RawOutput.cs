using OpenEntropy.Harvest;
using OpenEntropy.Health;
using OpenEntropy.Noise;

namespace OpenEntropy.Output;

/// <summary>Raw samples of one source, or the byte-wise XOR of several.</summary>
internal sealed class RawOutput(IReadOnlyList<EntropySource> sources, RawTap tap, PoolReport report, TimeProvider time)
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Finds the sources a selection names; see <see cref="EntropyPool.TrySelectRaw"/>.</summary>
    public bool TrySelect(string? selection, out IReadOnlyList<string> members, out string? error)
    {
        if (selection is null)
        {
            members = Names(sources.Where(MayJoin));
            error = members.Count > 0 ? null : "no enabled noise source can give raw samples";
            return error is null;
        }

        error = SourceSelection.Select(selection, [.. sources.Select(source => source.Info)], out members);
        if (error is not null || members.Count == 1)
            return error is null;

        var named = members.ToHashSet(StringComparer.Ordinal);
        members = Names(sources.Where(source => named.Contains(source.Info.Name) && MayJoin(source)));
        if (members.Count == 0)
            error = $"'{selection}' names no enabled noise source that may be combined with others; ask for a single one by name";
        return error is null;
    }

    /// <summary>Waits for the samples.</summary>
    /// <param name="members">From <see cref="TrySelect"/>: at least one, each once.</param>
    /// <param name="destination">Zeroed on refusal.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null when filled, otherwise why not.</returns>
    /// <exception cref="ArgumentException">A member is unknown or named twice, or there is none.</exception>
    public async ValueTask<EntropyRefusal?> FillAsync(
        IReadOnlyList<string> members,
        Memory<byte> destination,
        TimeSpan timeout,
        CancellationToken cancellation
    )
    {
        int[] indices = [.. members.Select(IndexOf)];
        if (indices.Length == 0 || indices.Distinct().Count() < indices.Length)
            throw new ArgumentException("Raw samples need at least one member, and each member once.", nameof(members));

        // The tap writes to the destination only while it waits there: on every way out before, it must be zeroed here.
        destination.Span.Clear();
        if (report.WhyStopped() is { } stopped)
            return stopped;
        foreach (var source in indices.Select(index => sources[index]))
        {
            if (source.Status() is { Expected: false } status)
                return new EntropyRefusal(RefusalReason.NoEntropy, $"{source.Info.Name} gives no samples: {status.Reason}", s_retryAfter);
        }

        if (destination.Length == 0 || await tap.ReadAsync(indices, destination, timeout, time, cancellation))
            return null;
        if (tap.IsClosed)
            return new EntropyRefusal(RefusalReason.Stopped, "the service is stopping", s_soon);
        return new EntropyRefusal(
            RefusalReason.SourceSlow,
            $"{string.Join(", ", members)} gave fewer than {destination.Length} raw samples within {timeout.TotalSeconds:0.###} s",
            s_retryAfter
        );
    }

    /// <summary>
    /// Generators, counters and vendors' devices would whiten or dilute the others; a source that has failed would hold them up.
    /// </summary>
    private static bool MayJoin(EntropySource source) =>
        source.Info.Origin == NoiseOrigin.Measured && (source.State is SourceState.Healthy or SourceState.Starting);

    private static IReadOnlyList<string> Names(IEnumerable<EntropySource> sources) => [.. sources.Select(source => source.Info.Name)];

    private int IndexOf(string name)
    {
        for (var i = 0; i < sources.Count; i++)
        {
            if (sources[i].Info.Name == name)
                return i;
        }

        throw new ArgumentException($"No noise source is named '{name}'.", nameof(name));
    }
}
