using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Benchmarks.Http;

/// <summary>Answers what <c>/api/v1/random</c> would if its bytes were 0, 1, 2 and so on, made once: same size, same headers, no work.</summary>
/// <param name="body">The body.</param>
internal sealed class ConstantRoute(byte[] body)
{
    /// <summary>Maps the route of a case.</summary>
    /// <param name="app">The application.</param>
    /// <param name="load">The case, of elements.</param>
    public static void Map(WebApplication app, LoadCase load) =>
        app.MapGet(load.ConstantPath, (RequestDelegate)new ConstantRoute(BodyOf(load)).HandleAsync);

    /// <summary>The body of a case. All values come equally often, so that decimals are as long as random ones are on average.</summary>
    /// <param name="load">The case, of elements.</param>
    public static byte[] BodyOf(LoadCase load)
    {
        if (!RandomRequest.TryParse(load.Query, "", new RandomnessOptions(), out var request, out var error))
        {
            throw new ArgumentException(error!.Message, nameof(load));
        }

        var bytes = new byte[request.TotalBytes];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)i;
        }

        var writer = new ArrayBufferWriter<byte>();
        ElementBody.WriteHead(writer, in request, origin: null);
        ElementBody.WriteElements(writer, in request, bytes, atEnd: true);
        return writer.WrittenSpan.ToArray();
    }

    private Task HandleAsync(HttpContext context)
    {
        var response = context.Response;
        response.Headers.CacheControl = "no-store";
        response.Headers.AcceptRanges = "none";
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, 0, body.Length);
    }
}
