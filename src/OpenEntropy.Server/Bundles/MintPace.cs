using Microsoft.Extensions.Options;

namespace OpenEntropy.Server.Bundles;

/// <summary>
/// How much may be asked for: a bucket that fills evenly, for all clients together. What costs more than there is passes when the bucket is full, and the
/// rest is owed. A unit of work is about what makes and signs one key pair in clear; a tenth of a second of one core is enough for it.
/// </summary>
/// <param name="options">How much in a minute, and at once.</param>
/// <param name="time">The clock.</param>
internal sealed class MintPace(IOptions<BundleOptions> options, TimeProvider time)
{
    /// <summary>What a key pair of Falcon counts as.</summary>
    public const int Falcon = 3;

    /// <summary>What a passphrase counts as for each key, in addition: 600,000 rounds of PBKDF2.</summary>
    public const int Passphrase = 5;

    private readonly Lock _lock = new();
    private readonly double _capacity = options.Value.MintsPerMinute;
    private double _available = options.Value.MintsPerMinute;
    private long _filled = time.GetTimestamp();

    /// <summary>The work of a request.</summary>
    /// <param name="request">The request.</param>
    public static int WorkOf(BundleRequest request) =>
        request.Algorithms.Sum(algorithm =>
            (algorithm.Name.StartsWith("Falcon", StringComparison.Ordinal) ? Falcon : 1) + (request.Passphrase is null ? 0 : Passphrase)
        );

    /// <summary>Takes what a request needs.</summary>
    /// <param name="work">Its work.</param>
    /// <returns>Null where there was enough, otherwise when there will be.</returns>
    public TimeSpan? TryTake(int work)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _available = Math.Min(_capacity, _available + (time.GetElapsedTime(_filled, now).TotalMinutes * _capacity));
            _filled = now;
            var needed = Math.Min(work, _capacity);
            if (_available < needed)
            {
                return TimeSpan.FromMinutes((needed - _available) / _capacity);
            }

            _available -= work;
            return null;
        }
    }
}
