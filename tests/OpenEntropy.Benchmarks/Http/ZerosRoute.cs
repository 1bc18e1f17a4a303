using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Benchmarks.Http;

/// <summary>
/// Zeros in place of random bytes, through the writer of <c>/api/v1/random</c>: the same headers, chunks, copies and flushes, and nothing else. What a
/// stream is slower than this, its generator costs.
/// </summary>
internal static class ZerosRoute
{
    private const int ChunkLength = 65_536; // of one generate call

    /// <summary>Maps the route of a case.</summary>
    /// <param name="app">The application.</param>
    /// <param name="load">The case, of bytes.</param>
    public static void Map(WebApplication app, LoadCase load)
    {
        if (!RandomRequest.TryParse(load.Query, "", new RandomnessOptions(), out var request, out var error))
        {
            throw new ArgumentException(error!.Message, nameof(load));
        }

        app.MapGet(load.ConstantPath, context => HandleAsync(context.Response, request));
    }

    private static async Task HandleAsync(HttpResponse response, RandomRequest request)
    {
        using var bytes = PooledBytes.Rent((int)Math.Min(request.Length, ChunkLength));
        RandomHeaders.Write(response, in request, origin: null);
        response.ContentLength = ByteBody.LengthOf(in request);
        await response.StartAsync();
        for (var left = request.Length; left > 0; )
        {
            var chunk = bytes.Memory[..(int)Math.Min(left, bytes.Memory.Length)];
            left -= chunk.Length;
            ByteBody.Encode(response.BodyWriter, request.Format, chunk.Span);
            if (await response.BodyWriter.FlushAsync(response.HttpContext.RequestAborted) is { IsCompleted: true } or { IsCanceled: true })
            {
                return;
            }
        }
    }
}
