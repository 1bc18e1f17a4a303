using System.Security.Cryptography;
using OpenEntropy.Health;

namespace OpenEntropy.Server.Dashboard;

/// <summary>
/// Generator output that is drawn for the page alone, by calls of its own as any client's: a little to show while somebody watches, and some whose entropies
/// are told, whether or not. None of it is kept, and nobody else is given it. Where the service is not ready nothing is drawn.
/// </summary>
/// <param name="pool">Where it is drawn.</param>
/// <param name="time">The clock.</param>
internal sealed class PageOutput(EntropyPool pool, TimeProvider time)
{
    /// <summary>Bytes shown at once.</summary>
    public const int ShownBytes = 32;

    /// <summary>Bytes that the entropies are of.</summary>
    public const int MeasuredBytes = 4096;

    /// <summary>Seconds between two measurements while nobody watches: each costs the pool a seed block, and the harvest some milliseconds to make another.</summary>
    public const int SecondsUnwatched = 30;

    // Those who take the accounts come about once a second, and more than one may.
    private static readonly TimeSpan s_watched = TimeSpan.FromSeconds(0.8);
    private static readonly TimeSpan s_unwatched = TimeSpan.FromSeconds(SecondsUnwatched - 0.2);
    private static readonly TimeSpan s_stale = TimeSpan.FromSeconds(SecondsUnwatched + 2);

    private readonly Lock _lock = new();
    private (Entropies Entropies, long Taken)? _measured;
    private long _drawn;
    private volatile bool _isWatched;

    /// <summary>Bytes drawn since the start, those that were measured included.</summary>
    public long Drawn => Interlocked.Read(ref _drawn);

    /// <summary>Whether somebody watches, and so each second's output is measured.</summary>
    public bool IsWatched
    {
        get => _isWatched;
        set => _isWatched = value;
    }

    /// <summary>The entropies of 4,096 bytes that were drawn lately; null where none were, and while the service gives nothing.</summary>
    public Entropies? Entropies
    {
        get
        {
            lock (_lock)
            {
                return pool.CanServe && _measured is { } measured && time.GetElapsedTime(measured.Taken) < s_stale
                    ? measured.Entropies
                    : null;
            }
        }
    }

    /// <summary>Draws the next bytes to be shown.</summary>
    /// <returns>Hexadecimal digits; null where the pool gives none.</returns>
    public string? Draw()
    {
        Span<byte> bytes = stackalloc byte[ShownBytes];
        if (!TryDraw(bytes))
        {
            return null;
        }

        var hex = Convert.ToHexStringLower(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return hex;
    }

    /// <summary>Draws and measures, where that is due, and zeroes what it drew. Where the pool gives nothing, nothing is known any more.</summary>
    public void Measure()
    {
        lock (_lock)
        {
            if (_measured is not { } before || time.GetElapsedTime(before.Taken) >= (_isWatched ? s_watched : s_unwatched))
            {
                _measured = TryMeasure() is { } entropies ? (entropies, time.GetTimestamp()) : null;
            }
        }
    }

    private Entropies? TryMeasure()
    {
        Span<byte> bytes = stackalloc byte[MeasuredBytes];
        if (!TryDraw(bytes))
        {
            return null;
        }

        var statistics = new SampleStatistics();
        statistics.Add(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        var (shannon, min, collision) = statistics.Entropies();
        return Dashboard.Entropies.Of(shannon, min, collision);
    }

    // Looked at first: to ask in vain would make the harvest work for the page.
    private bool TryDraw(Span<byte> bytes)
    {
        if (!pool.CanServe || pool.TryGetBytes(bytes) is not null)
        {
            return false;
        }

        Interlocked.Add(ref _drawn, bytes.Length);
        return true;
    }
}
