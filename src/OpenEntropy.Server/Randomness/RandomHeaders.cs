using System.Text;
using Microsoft.Extensions.Primitives;

namespace OpenEntropy.Server.Randomness;

/// <summary>The headers of an answer with random bytes.</summary>
internal static class RandomHeaders
{
    /// <summary>The output's quality, for bodies that have no member for it.</summary>
    public const string Quality = "OpenEntropy-Quality";

    /// <summary>The sources of raw samples, for bodies that have no member for it.</summary>
    public const string Sources = "OpenEntropy-Sources";

    /// <summary>Their states, in the same order.</summary>
    public const string States = "OpenEntropy-States";

    private static readonly StringValues s_none = "none";

    /// <summary>Sets all but the length and what every answer of the service has.</summary>
    /// <param name="response">Nothing of it has been sent.</param>
    /// <param name="request">The request.</param>
    /// <param name="origin">Its sources, for raw samples.</param>
    public static void Write(HttpResponse response, in RandomRequest request, RawOrigin? origin)
    {
        var headers = response.Headers;
        headers.AcceptRanges = s_none; // a part asked for again would be of other bytes
        response.ContentType = request.Format switch
        {
            BodyFormat.Json => "application/json",
            BodyFormat.Jose => "application/jose+json",
            BodyFormat.Bytes => "application/octet-stream",
            _ => "text/plain; charset=utf-8",
        };
        if (request.Format is BodyFormat.Json or BodyFormat.Jose)
        {
            return;
        }

        headers[Quality] = Encoding.ASCII.GetString(JsonHead.QualityName(request.Conditioning));
        if (origin is not null)
        {
            headers[Sources] = string.Join(", ", origin.Members);
            headers[States] = string.Join(", ", origin.States);
        }
    }
}
