using System.Threading.Channels;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Dashboard;

/// <summary>
/// One who watches: events wait here until the connection takes them, and not for long. Of the state only the newest waits, so that a slow connection is
/// not told what is no longer so.
/// </summary>
/// <param name="first">What is sent at once.</param>
/// <param name="time">The clock.</param>
/// <param name="drop">Ends the connection.</param>
internal sealed class Viewer(byte[] first, TimeProvider time, Action drop)
{
    /// <summary>Bytes that may wait beside the newest state, but for one block of events that is larger itself.</summary>
    public const int MostBytes = 65_536;

    private const long Idle = long.MinValue;

    /// <summary>How long the connection may take for what is sent at once.</summary>
    private static readonly TimeSpan s_mostWait = TimeSpan.FromSeconds(10);

    // Stands in the channel for the state; not Array.Empty, which others have as well.
    private static readonly byte[] s_stateIsDue = new byte[1];

    private readonly Channel<byte[]> _events = Channel.CreateUnbounded<byte[]>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true }
    );
    private byte[] _first = first;
    private byte[]? _state;
    private int _waiting;
    private long _sendingSince = Idle;

    /// <summary>Leaves events for it.</summary>
    /// <param name="events">Bytes that all viewers share.</param>
    /// <returns>False where it is too far behind, and then it is to be dropped.</returns>
    public bool TryOffer(byte[] events)
    {
        if (IsStuck)
        {
            return false;
        }

        var waiting = Interlocked.Add(ref _waiting, events.Length);
        return (waiting <= MostBytes || waiting == events.Length) && _events.Writer.TryWrite(events);
    }

    /// <summary>Leaves the state for it, in the place of one that was not sent yet.</summary>
    /// <param name="state">Bytes that all viewers share.</param>
    /// <returns>False where it is too far behind, and then it is to be dropped.</returns>
    public bool TryOfferState(byte[] state) =>
        !IsStuck && (Interlocked.Exchange(ref _state, state) is not null || _events.Writer.TryWrite(s_stateIsDue));

    /// <summary>Ends its connection. What else is offered is not sent.</summary>
    public void Drop()
    {
        _events.Writer.TryComplete();
        drop();
    }

    /// <summary>Sends until the client is gone or this is cancelled.</summary>
    /// <param name="response">It has started.</param>
    /// <param name="end">Ends the wait for events.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, or the client is gone.</exception>
    public async Task SendAsync(HttpResponse response, CancellationToken end)
    {
        if (!await SendAsync(response, Interlocked.Exchange(ref _first, [])))
        {
            return;
        }

        while (await _events.Reader.WaitToReadAsync(end))
        {
            while (!end.IsCancellationRequested && _events.Reader.TryRead(out var events))
            {
                if (!await SendAsync(response, events == s_stateIsDue ? Interlocked.Exchange(ref _state, null)! : events))
                {
                    return;
                }

                if (events != s_stateIsDue)
                {
                    Interlocked.Add(ref _waiting, -events.Length);
                }
            }
        }
    }

    private bool IsStuck => Volatile.Read(ref _sendingSince) is var since && since != Idle && time.GetElapsedTime(since) > s_mostWait;

    private async ValueTask<bool> SendAsync(HttpResponse response, byte[] events)
    {
        Volatile.Write(ref _sendingSince, time.GetTimestamp());
        var isThere = await ClientFlush.SendAsync(response, events);
        Volatile.Write(ref _sendingSince, Idle);
        return isThere;
    }
}
