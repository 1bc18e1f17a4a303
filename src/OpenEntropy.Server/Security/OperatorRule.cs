using Microsoft.Extensions.Options;
using OpenEntropy.Server.Errors;

namespace OpenEntropy.Server.Security;

/// <summary>
/// Who may act: switch and retest sources, make bundles, ask for assessments. Without a key, this machine itself (<see cref="LoopbackRule"/>); from
/// anywhere, who has the operator's key. No page of another site may, with or without one. Everybody else reads.
/// </summary>
internal static class OperatorRule
{
    private const string OtherSite = "this request comes from a page of another site, which may not act here";
    private const string KeySetting = $"{SecurityOptions.Section}:{nameof(SecurityOptions.OperatorKeyDigest)}";
    private const string GiveKey = "give the operator's key, as Authorization: Bearer KEY or as x-api-key";

    // The same for every wrong key, so that it tells nothing of the right one.
    private static readonly string s_wrongKey =
        $"the key that was given is not the operator's, which has {OperatorKey.Shortest} characters or more; by localhost on the machine itself none is needed";

    /// <summary>Refuses who may not act, with 401 where a key would help and 403 where none would.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">The handler.</param>
    public static ValueTask<object?> RefuseAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (Judge(context.HttpContext) is not { } refusal)
        {
            return next(context);
        }

        if (refusal.Status == StatusCodes.Status401Unauthorized)
        {
            context.HttpContext.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return ValueTask.FromResult<object?>(new ErrorResult(refusal.Status, refusal.Message));
    }

    /// <summary>Why whoever sent this request may not act, in one sentence; null where they may.</summary>
    /// <param name="context">Any request of theirs, an act or not.</param>
    public static string? WhyNot(HttpContext context) => Judge(context)?.Message;

    private static Refusal? Judge(HttpContext context)
    {
        var digest = context.RequestServices.GetRequiredService<IOptions<SecurityOptions>>().Value.OperatorKeyDigest;
        var keys = OperatorKey.Presented(context.Request);
        if (digest.Length > 0 && keys.Count > 0)
        {
            return JudgeKeys(context, keys, digest);
        }

        // Where no key is configured, what is presented means nothing, as on every other route.
        if (LoopbackRule.IsOfAnotherOrigin(context.Request))
        {
            return new Refusal(StatusCodes.Status403Forbidden, OtherSite);
        }

        if (LoopbackRule.WhyNot(context) is not { } why)
        {
            return null;
        }

        var begin = $"only an operator may do this, and this request {why}: call by localhost on the machine itself, or";
        return digest.Length > 0
            ? new Refusal(StatusCodes.Status401Unauthorized, $"{begin} {GiveKey}")
            : new Refusal(StatusCodes.Status403Forbidden, $"{begin} set {KeySetting} and {GiveKey}");
    }

    // A wrong key is refused also where none was needed: whoever gives one means it. Of two both must be right.
    private static Refusal? JudgeKeys(HttpContext context, List<string> keys, string digest) =>
        CrossSite.WhyNot(context) is { } site ? new Refusal(StatusCodes.Status403Forbidden, site)
        : keys.TrueForAll(key => OperatorKey.Matches(key, digest)) ? null
        : new Refusal(StatusCodes.Status401Unauthorized, s_wrongKey);

    /// <summary>A refusal.</summary>
    /// <param name="Status">401 or 403.</param>
    /// <param name="Message">One sentence for the person who asked.</param>
    private sealed record Refusal(int Status, string Message);
}
