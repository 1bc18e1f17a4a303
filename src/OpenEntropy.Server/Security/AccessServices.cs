using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Security.Keys;

namespace OpenEntropy.Server.Security;

/// <summary>Who may ask and who may act.</summary>
internal static partial class AccessServices
{
    /// <summary>Registers what judges.</summary>
    /// <param name="services">The services.</param>
    /// <param name="start">What was settled at the start.</param>
    public static void AddAccess(this IServiceCollection services, AccessStart start)
    {
        services.AddSingleton(start);
        services.AddSingleton<KeyAudit>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<Access>();
    }

    /// <summary>Puts it before the routes, and before what limits callers.</summary>
    /// <param name="app">The application.</param>
    public static void UseAccess(this IApplicationBuilder app)
    {
        var services = app.ApplicationServices;
        if (services.GetRequiredService<AccessStart>().OpenAddress is { } address)
        {
            LogOpen(services.GetRequiredService<ILogger<Access>>(), address);
        }

        app.UseMiddleware<AccessMiddleware>();
    }

    /// <summary>
    /// Judges what only the parameters of a request say. Who presented nothing was let in for all of <see cref="Scopes.Reading"/>.
    /// </summary>
    /// <param name="context">A request that was let in.</param>
    /// <param name="scope">What it needs.</param>
    /// <returns>Null where it may have it.</returns>
    public static AccessRefusal? WhyNot(this HttpContext context, Scopes scope) =>
        context.Features.Get<Caller>() is { } caller && (caller.Scopes & scope) == Scopes.None
            ? AccessRefusal.Insufficient(caller, scope)
            : null;

    /// <summary>
    /// Judges what takes more of the service than bytes of a generator do: whoever presented nothing may have it unless a page of another site asks.
    /// </summary>
    /// <param name="context">A request that was let in.</param>
    /// <returns>Null where it may have it.</returns>
    public static AccessRefusal? WhyNotCostly(this HttpContext context) =>
        context.Features.Get<Caller>() is null && CrossSite.WhyNotRead(context) is { } why ? AccessRefusal.Forbidden(why) : null;

    /// <summary>Sees to it that an answer without a near end is broken off when the key or certificate ends that it was asked with.</summary>
    /// <param name="context">A request that was let in.</param>
    /// <returns>To be disposed when the answer is over; null where neither a key of the files nor a certificate was given.</returns>
    public static IDisposable? WatchKey(this HttpContext context) =>
        context.Features.Get<Caller>() switch
        {
            { Kind: CallerKind.Key } caller when caller.Id != OperatorKey.Id => context
                .RequestServices.GetRequiredService<KeyRing>()
                .Watch(context, caller.Id),
            { Kind: CallerKind.Certificate } when context.Connection.ClientCertificate is { } certificate => context
                .RequestServices.GetRequiredService<KeyRing>()
                .Watch(context, context.RequestServices.GetRequiredService<AccessStart>().Authority!.EndOf(certificate)),
            _ => null,
        };

    [LoggerMessage(
        LogLevel.Warning,
        "Everybody who reaches {Address} may read, since OpenEntropy:Security:AllowAnonymous says so",
        EventName = "anonymous_allowed"
    )]
    private static partial void LogOpen(ILogger logger, string address);
}
