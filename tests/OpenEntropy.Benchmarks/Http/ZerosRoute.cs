using Microsoft.AspNetCore.Builder;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Benchmarks.Http;

/// <summary>
/// Zeros in place of random bytes, by the very writer of <c>/api/v1/random</c>: what a stream is slower than this, its generator costs.
/// </summary>
internal static class ZerosRoute
{
    /// <summary>Maps the route of a case.</summary>
    /// <param name="app">The application.</param>
    /// <param name="load">The case, of bytes.</param>
    public static void Map(WebApplication app, LoadCase load)
    {
        if (!RandomRequest.TryParse(load.Query, "", new RandomnessOptions(), out var request, out var error))
        {
            throw new ArgumentException(error!.Message, nameof(load));
        }

        app.MapGet(
            load.ConstantPath,
            async context =>
            {
                await new ByteBody(context.Response, request, new ZeroDraw(), pace: null, context.RequestAborted).WriteAsync();
            }
        );
    }
}
