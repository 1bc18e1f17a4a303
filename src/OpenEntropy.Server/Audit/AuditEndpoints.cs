using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Audit;

/// <summary>Where the audit log stands, for whoever keeps it elsewhere.</summary>
internal static class AuditEndpoints
{
    /// <summary>Maps the route.</summary>
    /// <param name="routes">Where to.</param>
    public static void MapAudit(this IEndpointRouteBuilder routes) =>
        routes
            .MapMethods("/api/v1/audit/head", Routes.Read, Get)
            .TakesOnly()
            .WithTags("Audit")
            .Answers<AuditHeadBody>("The number and the hash of the audit log's last entry")
            .WithDescription(
                "Kept elsewhere, they show whether entries were taken from the end of the log since, which the log itself cannot."
            )
            .Refuses(StatusCodes.Status400BadRequest, "A query parameter; this route takes none.")
            .Needs(Scopes.Metrics);

    private static JsonAnswer<AuditHeadBody> Get(IAuditLog audit) =>
        new(AuditHeadBody.From(audit.State), ServerJson.Readable.AuditHeadBody);
}
