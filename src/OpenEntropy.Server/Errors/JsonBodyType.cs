using Microsoft.Net.Http.Headers;

namespace OpenEntropy.Server.Errors;

/// <summary>
/// What a body of JSON must call itself: <c>application/json</c>, exactly, since what is only built on JSON may mean something else by it (RFC 6839, 3.1),
/// and UTF-8 where it names a charset at all (RFC 8259, 8.1).
/// </summary>
internal static class JsonBodyType
{
    /// <summary>The refusal of anything else, 415.</summary>
    public const string Refusal = "the body must be application/json, and its charset utf-8 where one is named";

    private const string Type = "application/json";
    private const string Utf8 = "utf-8";

    /// <summary>Whether a request's body calls itself that.</summary>
    /// <param name="request">The request.</param>
    public static bool IsNamedBy(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(Type, StringComparison.OrdinalIgnoreCase)
        && type.Parameters.Where(each => each.Name.Equals("charset", StringComparison.OrdinalIgnoreCase)).All(IsUtf8);

    private static bool IsUtf8(NameValueHeaderValue charset) =>
        HeaderUtilities.RemoveQuotes(charset.Value).Equals(Utf8, StringComparison.OrdinalIgnoreCase);
}
