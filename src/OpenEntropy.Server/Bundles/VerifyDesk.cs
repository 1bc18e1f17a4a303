using System.Globalization;
using Microsoft.Extensions.Options;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Bundles;

/// <summary>Verifies bundles away from the requests' threads, a few at once; anybody may send any, and nobody may hold all seats.</summary>
/// <param name="limits">Who is limited at all.</param>
internal sealed class VerifyDesk(IOptions<LimitsOptions> limits) : IDisposable
{
    /// <summary>Bundles that are there at once: arriving, waiting and under way.</summary>
    public const int Most = 16;

    /// <summary>Of these, a caller's that has limits: a quarter, so that it takes four to keep the others out.</summary>
    public const int MostOfACaller = Most / 4;

    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(1);

    /// <summary>The longest that a bundle may take to arrive: who sends slowly holds a seat no longer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new(); // verifying takes longer by far
    private readonly Dictionary<Caller, int> _callers = [];

    /// <summary>Who verifies and who waits.</summary>
    public WorkQueue Queue { get; } = new(WorkQueue.HalfTheMachine, Most);

    /// <summary>Lets a caller come for a seat, unless it has as many as it may. <see cref="Leave"/> ends it.</summary>
    /// <param name="caller">The caller.</param>
    public LimitRefusal? TryEnter(Caller caller)
    {
        if (limits.Value.Of(caller) is null)
        {
            return null;
        }

        lock (_lock)
        {
            var held = _callers.GetValueOrDefault(caller);
            if (held < MostOfACaller)
            {
                _callers[caller] = held + 1;
                return null;
            }
        }

        var message = string.Create(CultureInfo.InvariantCulture, $"this caller may have {MostOfACaller} bundles verified at once");
        return new LimitRefusal(LimitKind.Streams, message, s_soon, MostOfACaller, default);
    }

    /// <summary>A caller that was let in has left its seat, or got none.</summary>
    /// <param name="caller">The caller.</param>
    public void Leave(Caller caller)
    {
        lock (_lock)
        {
            // Who has no limits is not there.
            if (_callers.TryGetValue(caller, out var held) && held > 1)
            {
                _callers[caller] = held - 1;
            }
            else
            {
                _callers.Remove(caller);
            }
        }
    }

    /// <summary>Verifies a bundle.</summary>
    /// <param name="seat">A seat of the queue, without a place.</param>
    /// <param name="json">The document.</param>
    /// <param name="gone">Ends the wait; what has begun ends by itself, in time proportional to the document's length.</param>
    /// <exception cref="BundleFormatException">It is no bundle.</exception>
    public static async Task<BundleVerification> VerifyAsync(WorkQueue.Seat seat, ReadOnlyMemory<byte> json, CancellationToken gone)
    {
        await seat.WaitAsync(gone);
        return await Task.Run(() => BundleVerifier.Verify(json), gone);
    }

    /// <inheritdoc/>
    public void Dispose() => Queue.Dispose();
}
