namespace OpenEntropy.Server.Dashboard;

/// <summary>Counts every request as it comes in and as its answer ends. Nothing but the request log stands before it.</summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="figures">The counts.</param>
internal sealed class RequestMeter(RequestDelegate next, RequestFigures figures)
{
    /// <summary>Lets a request pass. Most are answered at once, and then nothing is allocated for it.</summary>
    /// <param name="context">The request.</param>
    public Task InvokeAsync(HttpContext context)
    {
        var began = figures.Begin();
        Task answer;
        try
        {
            answer = next(context);
        }
        catch
        {
            End(context, began);
            throw;
        }

        if (!answer.IsCompleted)
        {
            return AwaitAsync(answer, context, began);
        }

        End(context, began);
        return answer;
    }

    private async Task AwaitAsync(Task answer, HttpContext context, long began)
    {
        try
        {
            await answer;
        }
        finally
        {
            End(context, began);
        }
    }

    // Events last as long as somebody watches, which says nothing of the service.
    private void End(HttpContext context, long began) =>
        figures.End(began, began != 0 && !string.Equals(context.Response.ContentType, EventRoute.ContentType, StringComparison.Ordinal));
}
