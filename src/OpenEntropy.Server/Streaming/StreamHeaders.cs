using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Streaming;

/// <summary>The headers of a stream.</summary>
internal static class StreamHeaders
{
    /// <summary>The media type of server-sent events (WHATWG HTML, 9.2).</summary>
    public const string Events = "text/event-stream";

    /// <summary>Sets all but what every answer of the service has.</summary>
    /// <param name="response">Nothing of it has been sent.</param>
    /// <param name="request">The request.</param>
    /// <param name="origin">Its sources, for raw samples.</param>
    public static void Write(HttpResponse response, in StreamRequest request, RawOrigin? origin)
    {
        RandomHeaders.Write(response, request.Output, origin);
        response.ContentLength = request.BodyLength;
        if (request.AsEvents)
        {
            response.ContentType = Events;
        }
    }
}
