using Microsoft.AspNetCore.WebUtilities;
using OpenEntropy.Server.Audit;

namespace OpenEntropy.Server.Errors;

/// <summary>
/// Gives every answer without a body one (unknown route, wrong method, a handler that failed), every answer the <see cref="AnswerHeaders"/>, and
/// those that are broken off their end.
/// </summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="brokenOff">Ends what is broken off.</param>
/// <param name="refusals">Counts what is refused.</param>
/// <param name="logger">The log.</param>
/// <param name="audit">Counts what is refused of what it tells of; null where nobody does.</param>
internal sealed partial class JsonErrors(
    RequestDelegate next,
    BrokenOffAnswers brokenOff,
    RefusalCounts refusals,
    ILogger<JsonErrors> logger,
    IAuditLog? audit = null
)
{
    /// <summary>Answers one request.</summary>
    /// <param name="context">The request.</param>
    public async Task InvokeAsync(HttpContext context)
    {
        await AnswerAsync(context);
        if (context.Response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            refusals.Add(context);
            audit?.CountRefusal(context);
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        AnswerHeaders.Set(context.Response);
        try
        {
            await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            return; // the client went away; what it interrupted is no failure of ours
        }
        catch (BrokenOffException exception) when (context.Response.HasStarted)
        {
            if (!brokenOff.End(context, exception))
            {
                throw;
            }

            return;
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await ErrorBody.WriteAsync(context, exception.StatusCode, exception.Message);
            return;
        }
        catch (AuditUnavailableException exception) when (!context.Response.HasStarted)
        {
            await ErrorBody.WriteAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                exception.Message,
                retryAfter: AuditUnavailableException.RetryAfter
            );
            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            LogFailed(logger, context.Request.Method, context.GetEndpoint()?.DisplayName, exception);
            context.Response.Clear();
            AnswerHeaders.Set(context.Response);
            await ErrorBody.WriteAsync(
                context,
                StatusCodes.Status500InternalServerError,
                "the service failed to answer; its log tells why"
            );
            return;
        }

        var response = context.Response;
        if (
            response.StatusCode >= StatusCodes.Status400BadRequest
            && !response.HasStarted
            && response is { ContentLength: null, ContentType: null }
        )
        {
            await ErrorBody.WriteAsync(context, response.StatusCode, Message(context));
        }
    }

    private static string Message(HttpContext context) =>
        context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => "there is no such route",
            StatusCodes.Status405MethodNotAllowed => $"this route takes {context.Response.Headers.Allow}",
            var status => ReasonPhrases.GetReasonPhrase(status).ToLowerInvariant(),
        };

    [LoggerMessage(LogLevel.Error, "{Method} {Route} failed", EventName = "request_failed")]
    private static partial void LogFailed(ILogger logger, string method, string? route, Exception exception);
}
