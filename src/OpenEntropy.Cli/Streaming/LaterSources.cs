using OpenEntropy.Noise;

namespace OpenEntropy.Cli.Streaming;

/// <summary>
/// Sources that are kept off for the first moments of a run. A seed needs a few sources only, and the start-up tests of dozens would take the processors
/// from the first bytes; so those that compute on one thread and earn come first, where they can complete a block with one to spare.
/// </summary>
internal sealed class LaterSources : IDisposable
{
    /// <summary>A short run is over by then.</summary>
    private static readonly TimeSpan s_later = TimeSpan.FromSeconds(2);

    /// <summary>Contributors to a block, of which the largest is not counted.</summary>
    private const int Needed = 2;

    private readonly EntropyPool _pool;
    private readonly ITimer? _timer;
    private string[] _later = [];

    /// <summary>Keeps them off for now.</summary>
    /// <param name="pool">It does not harvest yet.</param>
    /// <param name="time">The clock.</param>
    public LaterSources(EntropyPool pool, TimeProvider time)
    {
        _pool = pool;
        var expected = pool.Parts.Sources.Where(source => source.IsInTrial).ToList();
        var first = expected.FindAll(source => source.MinEntropy > 0 && source.Info is { Category: NoiseCategory.Silicon, Threads: 1 });
        var members = first.CountBy(source => source.Info.SharesCredit ?? source.Info.Name, StringComparer.Ordinal).ToList();
        // Any one of them may fail, and with it a contributor that has no other member.
        if (members.Count - (members.Exists(each => each.Value == 1) ? 1 : 0) < Needed)
            return;
        _later = [.. expected.Except(first).Select(source => source.Info.Name)];
        foreach (var name in _later)
            _ = pool.Disable(name);
        _timer = time.CreateTimer(static state => ((LaterSources)state!).Begin(), this, s_later, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Switches them on, now and not again.</summary>
    public void Begin()
    {
        foreach (var name in Interlocked.Exchange(ref _later, []))
            _ = _pool.Enable(name);
    }

    public void Dispose() => _timer?.Dispose();
}
