using OpenEntropy.Server.Errors;

namespace OpenEntropy.Server.Dashboard;

/// <summary>Keeps what only this service's pages and programs should read from pages of other sites.</summary>
internal static class OwnPages
{
    /// <summary>Refuses with 403 a page of another site, and a browser that came from nearby by a name that anybody can own.</summary>
    /// <param name="route">The route; before anything else of a request is looked at, if this is the first filter it gets.</param>
    public static RouteHandlerBuilder IsForOwnPages(this RouteHandlerBuilder route) =>
        route
            .AddEndpointFilter(RefuseAsync)
            .Refuses(
                StatusCodes.Status403Forbidden,
                "A page of another site asked, or a browser from nearby by a name that is neither localhost nor an address nor listed in AllowedHosts."
            );

    private static ValueTask<object?> RefuseAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        CrossSite.WhyNotRead(context.HttpContext) is { } why
            ? ValueTask.FromResult<object?>(new ErrorResult(StatusCodes.Status403Forbidden, why))
            : next(context);
}
