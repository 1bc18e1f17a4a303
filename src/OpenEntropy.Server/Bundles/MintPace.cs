using Microsoft.Extensions.Options;

namespace OpenEntropy.Server.Bundles;

/// <summary>How many bundles may be asked for: a bucket that fills evenly, for all clients together.</summary>
/// <param name="options">How many in a minute, and at once.</param>
/// <param name="time">The clock.</param>
internal sealed class MintPace(IOptions<BundleOptions> options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly double _capacity = options.Value.MintsPerMinute;
    private double _available = options.Value.MintsPerMinute;
    private long _filled = time.GetTimestamp();

    /// <summary>Takes one.</summary>
    /// <returns>Null where there was one, otherwise when there will be.</returns>
    public TimeSpan? TryTake()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _available = Math.Min(_capacity, _available + (time.GetElapsedTime(_filled, now).TotalMinutes * _capacity));
            _filled = now;
            if (_available < 1)
            {
                return TimeSpan.FromMinutes((1 - _available) / _capacity);
            }

            _available--;
            return null;
        }
    }
}
