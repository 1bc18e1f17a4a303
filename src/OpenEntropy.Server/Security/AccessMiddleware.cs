namespace OpenEntropy.Server.Security;

/// <summary>Lets in, before anything counts or answers, who may have what a route gives.</summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="access">Judges.</param>
internal sealed class AccessMiddleware(RequestDelegate next, Access access)
{
    /// <summary>Answers one request.</summary>
    /// <param name="context">The request.</param>
    public Task InvokeAsync(HttpContext context) =>
        RequiredScope.Of(context) is var anyOf && anyOf != Scopes.None && access.Judge(context, anyOf) is { } refusal
            ? refusal.WriteAsync(context)
            : next(context);
}
