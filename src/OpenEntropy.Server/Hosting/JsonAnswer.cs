using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OpenEntropy.Server.Hosting;

/// <summary>A JSON body with the type and the <c>Content-Length</c> that every JSON answer of the service has.</summary>
/// <typeparam name="T">The body.</typeparam>
/// <param name="body">The body.</param>
/// <param name="type">How it becomes JSON.</param>
/// <param name="status">The HTTP status.</param>
internal sealed class JsonAnswer<T>(T body, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(body, type);
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = text.Length;
        return HttpMethods.IsHead(httpContext.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(text, 0, text.Length, httpContext.RequestAborted);
    }
}
