using OpenEntropy.Server.Dashboard;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Dialects;

/// <summary>The ANU APIs. Their parameters are read, and their values drawn and written, where those of <c>/api/v1/random</c> are.</summary>
/// <param name="services">The application's.</param>
internal sealed class AnuRoutes(IServiceProvider services)
{
    private readonly RandomRoute _random = new(services);

    /// <summary><c>/</c>: the newer API, which writes <c>length</c> as a string, where a request asks for numbers; otherwise the live page.</summary>
    /// <param name="context">A GET or HEAD request.</param>
    public Task HandleRootAsync(HttpContext context) =>
        AsksForNumbers(context)
            ? _random.HandleAsync(context, AnswerShape.AnuTextLength)
            : services.GetRequiredService<PageRoute>().AnswerRootAsync(context);

    /// <summary><c>/API/jsonI.php</c>: the older API.</summary>
    /// <param name="context">A GET or HEAD request.</param>
    public Task HandleOlderAsync(HttpContext context) => _random.HandleAsync(context, AnswerShape.AnuOlder);

    /// <summary>Whether a request of <c>/</c> is for numbers.</summary>
    /// <param name="context">A GET or HEAD request.</param>
    public static bool AsksForNumbers(HttpContext context) => AsksForNumbers(context.Request.QueryString.Value);

    /// <summary>Whether a query names <c>length</c> or <c>type</c>, with whatever value.</summary>
    /// <param name="query">As received, still percent-encoded.</param>
    internal static bool AsksForNumbers(ReadOnlySpan<char> query)
    {
        Span<char> buffer = stackalloc char[FieldValue.LongestText];
        var reader = new QueryReader(query);
        while (reader.MoveNext())
        {
            if (QueryReader.TryDecode(reader.Name, buffer, out var name) && name is "length" or "type")
            {
                return true;
            }
        }

        return false;
    }
}
