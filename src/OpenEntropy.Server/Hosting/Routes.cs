namespace OpenEntropy.Server.Hosting;

/// <summary>What the routes that only read have in common.</summary>
internal static class Routes
{
    /// <summary>The methods of a route that only reads.</summary>
    public static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Documents the answer of a route.</summary>
    /// <typeparam name="T">The body.</typeparam>
    /// <param name="route">The route.</param>
    /// <param name="summary">What the route is for.</param>
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder route, string summary) =>
        route.WithSummary(summary).Produces<T>(StatusCodes.Status200OK, "application/json");

    /// <summary>Documents that the same body comes with 503.</summary>
    /// <typeparam name="T">The body.</typeparam>
    /// <param name="route">The route.</param>
    public static RouteHandlerBuilder Or503<T>(this RouteHandlerBuilder route) =>
        route.Produces<T>(StatusCodes.Status503ServiceUnavailable, "application/json");
}
