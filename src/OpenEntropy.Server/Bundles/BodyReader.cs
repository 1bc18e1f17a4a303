using Microsoft.AspNetCore.Http.Features;
using OpenEntropy.Pqc;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Bundles;

/// <summary>Reads whole bodies into memory that is zeroed. The web server's own buffers on the way are not.</summary>
internal static class BodyReader
{
    private const int Chunk = 16_384;

    /// <summary>Reads a body of JSON.</summary>
    /// <param name="request">The request; the web server's own limit is raised to this one where it may be.</param>
    /// <param name="longest">The most bytes.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>The body, the caller's to dispose of, or why there is none.</returns>
    public static async Task<(SecretBuffer? Body, RequestError? Error)> ReadAsync(HttpRequest request, int longest, CancellationToken stop)
    {
        if (request.ContentLength > longest)
        {
            return (null, TooLong(longest));
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = longest + 1L;
        }

        // Where the length is told, the buffer never grows: it has room for all, and a byte more for the reading that finds the end.
        var body = new SecretBuffer((int)(request.ContentLength ?? Chunk) + 1);
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(body.GetMemory(1), stop)) > 0)
            {
                body.Advance(read);
                if (body.Length > longest)
                {
                    body.Dispose();
                    return (null, TooLong(longest));
                }
            }
        }
        catch (Exception exception)
        {
            body.Dispose();
            if (exception is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
            {
                return (null, TooLong(longest));
            }

            throw;
        }

        if (body.Length == 0 || JsonBodyType.IsNamedBy(request))
        {
            return (body, null);
        }

        body.Dispose();
        return (null, new RequestError(StatusCodes.Status415UnsupportedMediaType, Field: null, JsonBodyType.Refusal));
    }

    private static RequestError TooLong(int longest) =>
        new(StatusCodes.Status413PayloadTooLarge, Field: null, $"the body must have at most {longest} bytes");
}
