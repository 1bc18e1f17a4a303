using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Receipts;

namespace OpenEntropy.Server.Randomness;

/// <summary>
/// Bodies of elements that are drawn as their client reads. Their length is known where that of the text is: decimals go without one, in chunks.
/// </summary>
internal static class ElementSlices
{
    /// <summary>The memory that a body takes until its client has read it, bytes: of a JWS that holds the elements, a slice of its text as well.</summary>
    /// <param name="request">The request.</param>
    /// <returns>0 where it is drawn as it is read.</returns>
    public static long HeldFor(in RandomRequest request) =>
        request.CountsBytes || (AreUsedFor(in request) && !request.Receipt) ? 0
        : request.Format == BodyFormat.Jose ? PooledBytes.RentedLength(request.TotalBytes) + SignedElements.Held
        : PooledBytes.RentedLength(request.TotalBytes);

    /// <summary>Whether a body is drawn in slices: a large one of plain generator output.</summary>
    /// <param name="request">Its format is JSON or lines, without a receipt.</param>
    public static bool AreUsedFor(in RandomRequest request) => IsLarge(in request) && IsAsGoodAsDrawn(in request);

    /// <summary>Draws and writes in turns. The first draw comes before the headers, so that a refusal can still be said; one later breaks the connection off.</summary>
    /// <param name="response">Nothing of it has been sent.</param>
    /// <param name="request">Its format is JSON or lines.</param>
    /// <param name="draw">Gives the bytes.</param>
    /// <returns>A refusal, and then nothing is written; null when done, or when the client is gone.</returns>
    /// <exception cref="BrokenOffException">A refusal after the first slice.</exception>
    public static async ValueTask<EntropyRefusal?> WriteAsync(HttpResponse response, RandomRequest request, RandomDraw draw)
    {
        using var bytes = PooledBytes.Rent(ElementBody.SliceOf(in request));
        for (var left = request.TotalBytes; left > 0; )
        {
            var slice = bytes.Memory[..(int)Math.Min(left, bytes.Memory.Length)];
            if (await draw.FillAsync(slice) is { } refusal)
            {
                return response.HasStarted ? throw new BrokenOffException(refusal) : refusal;
            }

            if (!response.HasStarted)
            {
                RandomHeaders.Write(response, in request, origin: null);
                response.ContentLength = ElementBody.FindLength(in request, origin: null);
                await response.StartAsync();
                ElementBody.WriteHead(response.BodyWriter, in request, origin: null);
            }

            left -= slice.Length;
            ElementBody.WriteElements(response.BodyWriter, in request, slice.Span, atEnd: left == 0);
            if (!await ClientFlush.SendAsync(response))
            {
                return null;
            }
        }

        return null;
    }

    private static bool IsLarge(in RandomRequest request) => !request.CountsBytes && request.TotalBytes > AnswerMemory.Free;

    // What takes no blocks and waits for no source is all but certain to come to its end.
    private static bool IsAsGoodAsDrawn(in RandomRequest request) => request.Conditioning == PoolOutput.Drbg && !request.Fresh;
}
