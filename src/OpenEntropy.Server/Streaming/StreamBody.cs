using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Streaming;

/// <summary>
/// The body of a stream: draws and writes in turns, as fast as the client reads and no faster than its pace. Text is made in a buffer of its own
/// and not in the connection's: with chunked encoding the server would take larger blocks from the pool that the whole process shares, and give
/// them back uncleared.
/// </summary>
/// <param name="response">Nothing of it has been sent.</param>
/// <param name="request">What was asked.</param>
/// <param name="draw">Gives the bytes.</param>
/// <param name="pace">How fast; null: as the client reads.</param>
/// <param name="end">When the client is gone or the service stops.</param>
/// <param name="quota">What each draw is taken from; null: all is taken already, or nothing limits it.</param>
internal sealed class StreamBody(
    HttpResponse response,
    StreamRequest request,
    RandomDraw draw,
    RatePace? pace,
    BodyEnd end,
    OutputQuota? quota = null
)
{
    private long _events;

    /// <summary>Whether the whole length was written.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether it ended because its caller has no bytes left.</summary>
    public bool IsAtLimit { get; private set; }

    /// <summary>
    /// Writes until the length is reached, the caller's bytes of the day are used, the client is gone or the service stops. A refusal, or a stop before a promised length, breaks the
    /// connection off: nothing else is put in the bytes' place.
    /// </summary>
    /// <returns>A refusal, and then nothing is written; null otherwise.</returns>
    /// <exception cref="BrokenOffException">A refusal after the first draw.</exception>
    /// <exception cref="OperationCanceledException">The client is gone, or the service stops, while a wait was on.</exception>
    public async ValueTask<EntropyRefusal?> WriteAsync()
    {
        using var bytes = PooledBytes.Rent(request.MostAtOnce);
        using var text = PooledBytes.Rent(StreamText.MaxLength(in request));
        for (var left = request.Output.Length; left > 0 && !end.IsStopping; )
        {
            var wanted = NextLength(left);
            var length = quota?.TakeUpTo(wanted, request.Unit) ?? wanted;
            if (length == 0)
            {
                IsAtLimit = true;
                return null;
            }

            var chunk = bytes.Memory[..length];
            if (await draw.FillAsync(chunk) is { } refusal)
            {
                return response.HasStarted ? throw new BrokenOffException(refusal) : refusal;
            }

            if (!response.HasStarted)
            {
                StreamHeaders.Write(response, in request, draw.FindOrigin());
                await response.StartAsync();
            }

            if (!await SendAsync(chunk, text.Memory))
            {
                return null;
            }

            left -= request.IsEndless ? 0 : chunk.Length;
            IsComplete = left == 0;
            if (length < wanted)
            {
                IsAtLimit = true; // and what is earned from now on is not given byte by byte
                return null;
            }
        }

        return null;
    }

    // What a paced client cannot have yet is not drawn yet, but for the rest of a block.
    private int NextLength(long left)
    {
        var most = draw.LengthNow(Math.Min(request.MostAtOnce, pace?.Most ?? int.MaxValue));
        return left <= most ? (int)left : Math.Max(request.Unit, most / request.Unit * request.Unit);
    }

    /// <summary>Sends one draw, in parts where the pace allows no more at once.</summary>
    /// <returns>False where the client is gone.</returns>
    private async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> chunk, Memory<byte> text)
    {
        while (chunk.Length > 0)
        {
            var length = chunk.Length;
            if (pace is not null)
            {
                length = Math.Min(chunk.Length, pace.Most / request.Unit * request.Unit);
                await pace.WaitAsync(length, end.Token);
                pace.Spend(length);
            }

            var part = text.IsEmpty ? chunk[..length] : text[..StreamText.Write(in request, ++_events, chunk.Span[..length], text.Span)];
            if (!await ClientFlush.SendAsync(response, part))
            {
                return false;
            }

            chunk = chunk[length..];
        }

        return true;
    }
}
