using System.Text;
using Microsoft.Net.Http.Headers;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Dashboard;

/// <summary>Answers with the live page and its files.</summary>
/// <param name="files">The files.</param>
/// <param name="feed">The accounts, for readers without scripts.</param>
/// <param name="access">Whether a reader may see them.</param>
internal sealed class PageRoute(PageFiles files, StatusFeed feed, Access access)
{
    /// <summary>The route parameter of a file's name.</summary>
    public const string Parameter = "file";

    private const string Folder = "page/";
    private const string Marker = "<!--sources-->";
    private const string NeedsKey =
        "<p>What the sources do is shown to who has a key, or needs none and opens this page by its address.</p>";

    // Asked for again each time, and sent again only where it has changed.
    private const string Revalidate = "no-cache";

    /// <summary><c>/</c>: the page, with a plain table of the sources where the marker stands, which is read where scripts do not run.</summary>
    /// <param name="context">A GET or HEAD request.</param>
    public async Task AnswerRootAsync(HttpContext context)
    {
        var response = context.Response;
        PageHeaders.Set(response);
        var page = files.Find(PageFiles.Index)!;
        var text = Encoding.UTF8.GetString(page.Content).Replace(Marker, Table(context), StringComparison.Ordinal);
        await SendAsync(context, page.ContentType, Encoding.UTF8.GetBytes(text));
    }

    /// <summary><c>/page/…</c>: a file.</summary>
    /// <param name="context">A GET or HEAD request.</param>
    public Task AnswerFileAsync(HttpContext context)
    {
        var response = context.Response;
        PageHeaders.Set(response);
        if (files.Find(Folder + context.Request.RouteValues[Parameter]) is not { } file)
        {
            return ErrorBody.WriteAsync(context, StatusCodes.Status404NotFound, "the page has no such file");
        }

        response.Headers.ETag = file.ETag;
        response.Headers.CacheControl = Revalidate;
        if (!IsKnown(context.Request, file.ETag))
        {
            return SendAsync(context, file.ContentType, file.Content);
        }

        response.StatusCode = StatusCodes.Status304NotModified;
        return Task.CompletedTask;
    }

    private string Table(HttpContext context) =>
        access.WhyNot(context, Scopes.Metrics) is null ? SourceTable.Render(feed.Read().Latest.Status) : NeedsKey;

    // RFC 9110, 13.1.2: weak comparison.
    private static bool IsKnown(HttpRequest request, string tag) =>
        request.GetTypedHeaders().IfNoneMatch.Any(each => each.Tag == tag || each.Equals(EntityTagHeaderValue.Any));

    private static Task SendAsync(HttpContext context, string type, byte[] content)
    {
        var response = context.Response;
        response.ContentType = type;
        response.ContentLength = content.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(content, 0, content.Length, context.RequestAborted);
    }
}
