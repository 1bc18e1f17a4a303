namespace OpenEntropy.Server.Errors;

/// <summary>A request's route as metrics name it: its pattern, of which there are as many as the service maps, or <c>none</c>.</summary>
internal static class RouteLabel
{
    private const string NoRoute = "none";

    /// <summary>The route's pattern.</summary>
    /// <param name="context">The request.</param>
    public static string Of(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? NoRoute;
}
