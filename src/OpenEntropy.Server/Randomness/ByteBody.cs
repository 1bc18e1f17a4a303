using OpenEntropy.Server.Errors;

namespace OpenEntropy.Server.Randomness;

/// <summary>A body of bytes, as they are or as hexadecimal or base64 text: draws and writes in turns, as fast as the client reads and no faster than its pace.</summary>
/// <param name="response">Nothing of it has been sent.</param>
/// <param name="request">Its format is bytes, hex or base64.</param>
/// <param name="draw">Gives the bytes.</param>
/// <param name="pace">How fast; null: as the client reads.</param>
/// <param name="ended">Ends waits for the pace: the client is gone, or the service stops.</param>
internal sealed class ByteBody(HttpResponse response, RandomRequest request, IByteDraw draw, RatePace? pace, CancellationToken ended)
{
    /// <summary>Half of what a connection takes before it pauses: while it sends one half the next is made.</summary>
    private const int Part = 32_768;

    // Bytes sent at once.
    private readonly int _part = Math.Max(
        request.Format == BodyFormat.Base64 ? ByteText.Base64Group : 1,
        WholeGroups(Math.Min(ByteText.BytesIn(Part, request.Format), pace?.Most ?? Part), request.Format)
    );

    /// <summary>The body's length.</summary>
    /// <param name="request">Its format is bytes, hex or base64.</param>
    public static long LengthOf(in RandomRequest request) => ByteText.LengthOf(request.Format, request.Length);

    /// <summary>How fast a body is sent; null where its client alone decides.</summary>
    /// <param name="request">Its format is bytes, hex or base64.</param>
    /// <param name="time">The clock.</param>
    public static RatePace? FindPace(in RandomRequest request, TimeProvider time) =>
        request.Rate == 0 ? null : new RatePace(request.Rate, request.Format == BodyFormat.Base64 ? ByteText.Base64Group : 1, time);

    /// <summary>The first draw comes before the headers, so that a refusal can still be said.</summary>
    /// <returns>A refusal, and then nothing is written; null when done, or when the client is gone.</returns>
    /// <exception cref="BrokenOffException">A refusal later: the promised length cannot be met, and nothing else is put in its place.</exception>
    /// <exception cref="OperationCanceledException">The client is gone, or the service stops, while a wait was on.</exception>
    public async ValueTask<EntropyRefusal?> WriteAsync()
    {
        var most = (int)Math.Min(request.Length, MostAtOnce());
        using var bytes = PooledBytes.Rent(most);
        if (await FindShortageAsync(most) is { } shortage)
        {
            return shortage;
        }

        var inPlace = draw.WritesInPlace && request.Format == BodyFormat.Bytes;
        for (var left = request.Length; left > 0; )
        {
            var length = (int)Math.Min(left, most);
            var isMade = inPlace && response.HasStarted && pace is null;
            var refusal = isMade ? draw.TryWrite(response.BodyWriter, length) : await draw.FillAsync(bytes.Memory[..length]);
            if (refusal is not null)
            {
                return response.HasStarted ? throw new BrokenOffException(refusal) : refusal;
            }

            if (!response.HasStarted)
            {
                RandomHeaders.Write(response, in request, draw.FindOrigin());
                response.ContentLength = LengthOf(in request);
                await response.StartAsync();
            }

            if (!await (isMade ? ClientFlush.SendAsync(response) : SendAsync(bytes.Memory[..length])))
            {
                return null;
            }

            left -= length;
        }

        return null;
    }

    /// <summary>Sends one draw, in parts where the pace allows no more at once.</summary>
    /// <returns>False where the client is gone.</returns>
    private async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> chunk)
    {
        while (chunk.Length > 0)
        {
            var length = Math.Min(_part, chunk.Length);
            if (pace is not null)
            {
                await pace.WaitAsync(length, ended);
                pace.Spend(length);
            }

            ByteText.Write(response.BodyWriter, request.Format, chunk.Span[..length]);
            if (!await ClientFlush.SendAsync(response))
            {
                return false;
            }

            chunk = chunk[length..];
        }

        return true;
    }

    // Blocks that are waited for may be there when they are needed, as may those of a paced body; all others must be there now.
    private ValueTask<EntropyRefusal?> FindShortageAsync(int atOnce) =>
        draw.TakesBlocks && pace is null && request.Length > atOnce && request.Timeout == TimeSpan.Zero
            ? draw.FindRefusalAsync(request.Length)
            : default;

    // Fresh bytes take a reseed for each draw, however short it is, so one is as long as a reseed gives, also where its bytes wait for their pace. Of
    // limited ones, which are backed byte by byte, a paced client gets those of a second, in whole blocks.
    private int MostAtOnce()
    {
        var unit = draw.Unit * (request.Format == BodyFormat.Base64 ? ByteText.Base64Group : 1);
        var most =
            !draw.TakesBlocks ? Math.Min(draw.ChunkLength, _part)
            : pace is null || request.Fresh ? draw.ChunkLength
            : (int)Math.Min(draw.ChunkLength, request.Rate);
        return Math.Max(unit, most / unit * unit);
    }

    private static int WholeGroups(int bytes, BodyFormat format) =>
        format == BodyFormat.Base64 ? bytes / ByteText.Base64Group * ByteText.Base64Group : bytes;
}
