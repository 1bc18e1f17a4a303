using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Benchmarks.Http;

/// <summary>Answers what <c>/api/v1/random</c> would if its bytes were 0, 1, 2 and so on, made once: same size, same headers, no work.</summary>
/// <param name="body">The body.</param>
/// <param name="contentType">Its type.</param>
internal sealed class ConstantRoute(byte[] body, string contentType)
{
    /// <summary>Maps the route of a case.</summary>
    /// <param name="app">The application.</param>
    /// <param name="load">The case.</param>
    public static void Map(WebApplication app, LoadCase load)
    {
        if (!RandomRequest.TryParse(load.Query, "", new RandomnessOptions(), out var request, out var error))
        {
            throw new ArgumentException(error!.Message, nameof(load));
        }

        var route = new ConstantRoute(MakeBody(in request), request.CountsBytes ? "application/octet-stream" : "application/json");
        app.MapGet(load.ConstantPath, (RequestDelegate)route.HandleAsync);
    }

    private Task HandleAsync(HttpContext context)
    {
        var response = context.Response;
        response.Headers.CacheControl = "no-store";
        response.Headers.AcceptRanges = "none";
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, 0, body.Length);
    }

    // All values equally often, so that decimals are as long as random ones are on average.
    private static byte[] MakeBody(in RandomRequest request)
    {
        var bytes = new byte[request.TotalBytes];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)i;
        }

        if (request.CountsBytes)
        {
            return bytes;
        }

        var writer = new ArrayBufferWriter<byte>();
        ElementBody.WriteHead(writer, in request, origin: null);
        ElementBody.WriteElements(writer, in request, bytes, atEnd: true);
        return writer.WrittenSpan.ToArray();
    }
}
