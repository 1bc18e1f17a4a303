using OpenEntropy.Server.Errors;

namespace OpenEntropy.Server.Hosting;

/// <summary>
/// One event a request, once it is answered: of what the client sent only the method, if it is a usual one, and of the address the pattern of its route. No
/// query, header, body or address of a client.
/// </summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class RequestLog(RequestDelegate next, TimeProvider time, ILogger<RequestLog> logger)
{
    /// <summary>Answers one request and tells of it.</summary>
    /// <param name="context">The request.</param>
    public async Task InvokeAsync(HttpContext context)
    {
        var start = time.GetTimestamp();
        var body = CountedBody.Put(context.Features);
        try
        {
            await next(context);
        }
        finally
        {
            body.Remove(context.Features);
            LogAnswered(
                logger,
                MethodOf(context.Request),
                RouteLabel.Of(context),
                context.Response.StatusCode,
                Math.Round(time.GetElapsedTime(start).TotalMilliseconds, 3),
                HttpMethods.IsHead(context.Request.Method) ? 0 : body.Bytes
            );
        }
    }

    // Any word can be a method, and so anything could be brought into the log by it.
    private static string MethodOf(HttpRequest request) =>
        request.Method is "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS" or "TRACE" or "CONNECT"
            ? request.Method
            : "other";

    [LoggerMessage(LogLevel.Information, "{Method} {Route}: {Status} in {Milliseconds} ms, {Bytes} bytes", EventName = "request_answered")]
    private static partial void LogAnswered(ILogger logger, string method, string route, int status, double milliseconds, long bytes);
}
