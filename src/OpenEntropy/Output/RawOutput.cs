using OpenEntropy.Harvest;
using OpenEntropy.Health;
using OpenEntropy.Noise;

namespace OpenEntropy.Output;

/// <summary>Raw samples of one source, or the byte-wise XOR of several.</summary>
internal sealed class RawOutput(IReadOnlyList<EntropySource> sources, RawTap tap, PoolReport report, TimeProvider time)
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Finds the sources a selection names; see <see cref="EntropyPool.TrySelectRaw"/>. A source that stands alone is taken whatever it is and
    /// however it fares, as long as it runs and is not private: only several must be fit to be combined.
    /// </summary>
    public bool TrySelect(string? selection, out IReadOnlyList<string> members, out string? error)
    {
        members = [];
        IReadOnlyList<SelectedSource> selected = [];
        error = selection is null ? null : SourceSelection.Select(selection, [.. sources.Select(source => source.Info)], out selected);
        if (error is not null)
            return false;

        var onlyIf = selected.ToDictionary(source => source.Name, source => source.OnlyIf, StringComparer.Ordinal);
        var chosen = sources
            .Where(source =>
                selection is null
                || (onlyIf.TryGetValue(source.Info.Name, out var speed) && (speed is SourceSpeed.Unknown || speed == source.Speed))
            )
            .ToList();
        if (chosen.Count > 0 && chosen.TrueForAll(source => source.Info.Private))
        {
            error = $"no raw samples of {string.Join(", ", Names(chosen))}: {NoiseSourceInfo.WhyPrivate}";
            return false;
        }

        chosen.RemoveAll(source => source.Info.Private);
        var running = chosen.Where(source => source.State is not (SourceState.Unavailable or SourceState.Disabled)).ToList();
        members = Names(running.Count == 1 ? running : running.Where(MayJoin));
        error = (members.Count, chosen.Count, running.Count) switch
        {
            (> 0, _, _) => null,
            (_, 1, 0) => $"{chosen[0].Info.Name} gives no samples: it is {WhyNot(chosen[0].Status())}",
            (_, _, 0) => $"{Subject(selection)} enabled and available, so none gives samples",
            _ => $"{Subject(selection)} fit to be combined; ask for one by name: {string.Join(", ", Names(running))}",
        };
        return error is null;
    }

    /// <summary>Waits for the samples.</summary>
    /// <param name="members">From <see cref="TrySelect"/>: at least one, each once.</param>
    /// <param name="destination">Zeroed on refusal.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null when filled, otherwise why not.</returns>
    /// <exception cref="ArgumentException">A member is unknown, private or named twice, or there is none.</exception>
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
        if (members.FirstOrDefault(name => sources[IndexOf(name)].Info.Private) is { } secret)
            throw new ArgumentException($"No raw samples of {secret}: {NoiseSourceInfo.WhyPrivate}.", nameof(members));
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

    private static string Subject(string? selection) =>
        selection is null ? "no noise source is" : $"none of the noise sources that '{selection}' names is";

    private static string WhyNot(EntropySourceStatus status) =>
        (status.State == SourceState.Disabled ? "disabled" : "unavailable") + (status.Reason is { } reason ? $" ({reason})" : "");

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
