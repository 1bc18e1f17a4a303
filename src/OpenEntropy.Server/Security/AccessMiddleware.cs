using OpenEntropy.Server.Limits;

namespace OpenEntropy.Server.Security;

/// <summary>Lets in, before anything counts or answers, who may have what a route gives, and warns who sent a key where others can read it.</summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="access">Judges.</param>
/// <param name="accounts">Where refused requests are counted, so that nobody tries keys faster than others ask; null: nowhere.</param>
/// <param name="limits">Answers those that are too many.</param>
internal sealed class AccessMiddleware(RequestDelegate next, Access access, CallerAccounts? accounts = null, LimitAnswer? limits = null)
{
    /// <summary>Answers one request.</summary>
    /// <param name="context">The request.</param>
    public Task InvokeAsync(HttpContext context)
    {
        PlainKeyWarning.Set(context);
        return JudgeAsync(context);
    }

    private Task JudgeAsync(HttpContext context) =>
        RequiredScope.Of(context) is var anyOf && anyOf != Scopes.None && access.Judge(context, anyOf) is { } refusal
            ? RefuseAsync(context, refusal)
            : next(context);

    private Task RefuseAsync(HttpContext context, AccessRefusal refusal) =>
        limits is not null && accounts?.CountRefused(context) is { } limit
            ? limits.WriteAsync(context, limit)
            : refusal.WriteAsync(context);
}
