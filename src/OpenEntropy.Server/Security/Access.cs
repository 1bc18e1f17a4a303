using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Security.Certificates;
using OpenEntropy.Server.Security.Keys;

namespace OpenEntropy.Server.Security;

/// <summary>
/// Who may do what. A caller is known by an API key or a client certificate, and may do what its scopes say. Without either, reading is for everybody
/// where no key is asked for, else for this machine itself; and acting is for this machine itself (<see cref="LoopbackRule"/>). No page of another site
/// acts, with or without a key, and without one none reads what tells of the service (<see cref="CrossSite.WhyNotRead"/>).
/// </summary>
/// <param name="start">What was settled at the start.</param>
/// <param name="keys">The keys, and the time by which they and certificates end.</param>
internal sealed class Access(AccessStart start, KeyRing keys)
{
    private const string OtherSite = "this request comes from a page of another site, which may not act here";
    private const string HowToGive = "as Authorization: Bearer KEY or as x-api-key";
    private const string HowToMake = "make a key (openentropy key create) and give it,";

    private readonly ClientAuthority? _authority = start.Authority;

    /// <summary>Of whom a key is asked.</summary>
    public AccessMode Mode => start.Mode;

    /// <summary>Judges a request.</summary>
    /// <param name="context">The request. Who sent it is noted there, if a key or a certificate shows it.</param>
    /// <param name="anyOf">What it needs, one of these.</param>
    /// <returns>Null where it is let in.</returns>
    public AccessRefusal? Judge(HttpContext context, Scopes anyOf)
    {
        if (Identify(context, anyOf, out var caller) is { } refusal)
        {
            return refusal;
        }

        if (caller is null)
        {
            return JudgeStranger(context, anyOf);
        }

        context.IsFrom(caller);
        return (caller.Scopes & anyOf) == Scopes.None ? AccessRefusal.Insufficient(caller, anyOf) : null;
    }

    /// <summary>Why whoever sent this request may not do something, in one sentence; null where they may.</summary>
    /// <param name="context">Any request of theirs.</param>
    /// <param name="anyOf">What they would need, one of these.</param>
    public string? WhyNot(HttpContext context, Scopes anyOf) => Judge(context, anyOf)?.Message;

    // What tells of the service, and what takes work for nothing, as against bytes that are whoever asks for them.
    private static AccessRefusal? FindOtherSite(HttpContext context, Scopes anyOf) =>
        (anyOf & Scopes.Metrics) != Scopes.None && CrossSite.WhyNotRead(context) is { } why ? AccessRefusal.Forbidden(why) : null;

    private static bool IsAct(Scopes anyOf) => (anyOf & Scopes.Reading) == Scopes.None;

    private AccessRefusal? Identify(HttpContext context, Scopes anyOf, out Caller? caller)
    {
        caller = null;
        var isAct = IsAct(anyOf);
        var presented = PresentedKeys.Of(context.Request);
        if (presented.Count > 0)
        {
            // Where no key is asked for, clients of other services give theirs, which mean nothing here.
            var mustBeGood = Mode != AccessMode.Anonymous || (isAct && (keys.HasAny || _authority is not null));
            return isAct && mustBeGood && CrossSite.WhyNot(context) is { } site
                ? AccessRefusal.Forbidden(site)
                : FindKey(presented, mustBeGood, out caller);
        }

        if (_authority is not null && context.Connection.ClientCertificate is { } certificate)
        {
            caller = _authority.Find(certificate, keys.Now);
            // A browser shows a certificate by itself, to whatever page asks.
            return caller is not null && isAct && LoopbackRule.IsOfAnotherOrigin(context.Request)
                ? AccessRefusal.Forbidden(OtherSite)
                : null;
        }

        return null;
    }

    // Of several all must be right, and the same. A wrong one is refused also where none was needed: whoever gives one of ours means it.
    private AccessRefusal? FindKey(IReadOnlyList<string> presented, bool mustBeGood, out Caller? caller)
    {
        caller = null;
        var isWrong = false;
        foreach (var text in presented)
        {
            mustBeGood |= text.StartsWith(ApiKeyText.Prefix, StringComparison.Ordinal);
            var found = mustBeGood || keys.HasOperator ? keys.Find(text) : null;
            isWrong |= found is null ? mustBeGood : caller is not null && caller != found;
            caller = found ?? caller;
        }

        caller = isWrong ? null : caller;
        return isWrong ? AccessRefusal.WrongKey : null;
    }

    private AccessRefusal? JudgeStranger(HttpContext context, Scopes anyOf)
    {
        var isAct = IsAct(anyOf);
        if (!isAct && Mode == AccessMode.Anonymous)
        {
            return FindOtherSite(context, anyOf);
        }

        if (isAct && LoopbackRule.IsOfAnotherOrigin(context.Request))
        {
            return AccessRefusal.Forbidden(OtherSite);
        }

        var names = string.Join(" or ", ScopeNames.Of(anyOf));
        var give = $"give a key with the scope {names}, {HowToGive}";
        if (Mode == AccessMode.Everywhere)
        {
            return AccessRefusal.NoKey($"a key is asked of everybody here: {give}");
        }

        if (LoopbackRule.WhyNot(context) is not { } why)
        {
            return FindOtherSite(context, anyOf);
        }

        var what = isAct ? "only an operator may do this" : "a key is needed here";
        var begin = $"{what}, and this request {why}: call by localhost on the machine itself, or";
        return Mode != AccessMode.Anonymous || keys.HasAny || _authority is not null
            ? AccessRefusal.NoKey($"{begin} {give}")
            : AccessRefusal.Forbidden($"{begin} {HowToMake} {HowToGive}");
    }
}
