namespace OpenEntropy.Server.Security;

/// <summary>The caller of a request, where its parts find it.</summary>
internal static class CallerOfRequest
{
    /// <summary>Who sent it.</summary>
    /// <param name="context">The request.</param>
    public static Caller Caller(this HttpContext context) => context.Features.Get<Caller>() ?? Unpresented(context);

    /// <summary>Says who sent it, once that is shown by more than its address.</summary>
    /// <param name="context">The request.</param>
    /// <param name="caller">Who.</param>
    public static void IsFrom(this HttpContext context, Caller caller) => context.Features.Set(caller);

    // The same rule as for acts: what passed a proxy is nobody's on this machine.
    private static Caller Unpresented(HttpContext context)
    {
        var caller = Security.Caller.Of(context.Connection.RemoteIpAddress);
        return caller.Kind == CallerKind.Local && LoopbackRule.HeaderOfProxy(context.Request) is not null
            ? Security.Caller.ByLocalProxy
            : caller;
    }
}
