using System.Threading.Channels;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Dashboard;

/// <summary>One who watches: events wait here until the connection takes them, and not for long.</summary>
/// <param name="first">What is sent at once.</param>
/// <param name="time">The clock.</param>
/// <param name="drop">Ends the connection.</param>
internal sealed class Viewer(byte[] first, TimeProvider time, Action drop)
{
    /// <summary>Bytes that may wait.</summary>
    public const int MostBytes = 65_536;

    private const long Idle = long.MinValue;

    /// <summary>How long the connection may take for what is sent at once.</summary>
    private static readonly TimeSpan s_mostWait = TimeSpan.FromSeconds(10);

    private readonly Channel<byte[]> _events = Channel.CreateUnbounded<byte[]>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true }
    );
    private int _waiting;
    private long _sendingSince = Idle;

    /// <summary>Leaves events for it.</summary>
    /// <param name="events">Bytes that all viewers share.</param>
    /// <returns>False where it is too far behind, and then it is to be dropped.</returns>
    public bool TryOffer(byte[] events)
    {
        var since = Volatile.Read(ref _sendingSince);
        return (since == Idle || time.GetElapsedTime(since) <= s_mostWait)
            && Interlocked.Add(ref _waiting, events.Length) <= MostBytes
            && _events.Writer.TryWrite(events);
    }

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
        if (!await SendAsync(response, first))
        {
            return;
        }

        while (await _events.Reader.WaitToReadAsync(end))
        {
            while (!end.IsCancellationRequested && _events.Reader.TryRead(out var events))
            {
                if (!await SendAsync(response, events))
                {
                    return;
                }

                Interlocked.Add(ref _waiting, -events.Length);
            }
        }
    }

    private async ValueTask<bool> SendAsync(HttpResponse response, byte[] events)
    {
        Volatile.Write(ref _sendingSince, time.GetTimestamp());
        var isThere = await ClientFlush.SendAsync(response, events);
        Volatile.Write(ref _sendingSince, Idle);
        return isThere;
    }
}
