using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Audit;

/// <summary>What of a request is entered: its route says which act it is, its caller who, its answer what came of it.</summary>
internal static class AuditOfRequest
{
    /// <summary>Says which act a route is. Whatever of it is refused is counted; a privileged one also begins and ends by its handler.</summary>
    /// <typeparam name="T">A route or several.</typeparam>
    /// <param name="route">The route.</param>
    /// <param name="act">The act.</param>
    public static T IsAudited<T>(this T route, AuditAct act)
        where T : IEndpointConventionBuilder => route.WithMetadata(new AuditedAct(act));

    /// <summary>Documents that a route refuses what cannot be entered.</summary>
    /// <param name="route">The route.</param>
    public static RouteHandlerBuilder RefusesUntold(this RouteHandlerBuilder route) =>
        route.Refuses(
            StatusCodes.Status503ServiceUnavailable,
            "The audit log cannot be written, so nothing was done; Retry-After says when to ask again."
        );

    /// <summary>Enters that the act of a request begins.</summary>
    /// <param name="log">The log.</param>
    /// <param name="context">The request.</param>
    /// <param name="act">What.</param>
    /// <param name="subject">To what; null for none.</param>
    /// <inheritdoc cref="IAuditLog.BeginAsync"/>
    public static async ValueTask<BegunAct> BeginAsync(this IAuditLog log, HttpContext context, AuditAct act, string? subject)
    {
        var begun = await log.BeginAsync(act, context.Caller(), subject, context.RequestAborted);
        context.Items[typeof(BegunAct)] = begun; // its outcome is entered, and not counted as well
        return begun;
    }

    /// <summary>Counts a request that was refused.</summary>
    /// <param name="log">The log.</param>
    /// <param name="context">The request, answered with a status from 400 up.</param>
    public static void CountRefusal(this IAuditLog log, HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<AuditedAct>() is { } route && !context.Items.ContainsKey(typeof(BegunAct)))
        {
            log.Count(route.Act, context.Caller(), AuditOutcome.Refused, context.Response.StatusCode);
        }
    }
}

/// <summary>Which act a route is.</summary>
/// <param name="Act">The act.</param>
internal sealed record AuditedAct(AuditAct Act);
