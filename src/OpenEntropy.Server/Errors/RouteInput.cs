using Microsoft.AspNetCore.Http.Features;

namespace OpenEntropy.Server.Errors;

/// <summary>Refuses what a route does not take: a mistyped parameter is told, not passed over.</summary>
internal static class RouteInput
{
    /// <summary>Refuses with 400 every query parameter but those named, and those when given twice.</summary>
    /// <typeparam name="T">A route or a group of them.</typeparam>
    /// <param name="routes">The routes.</param>
    /// <param name="parameters">What they take, in lower case; none: nothing.</param>
    public static T TakesOnly<T>(this T routes, params string[] parameters)
        where T : IEndpointConventionBuilder =>
        routes.AddEndpointFilter(
            (context, next) =>
                FindProblem(context.HttpContext.Request.Query, parameters) is { } problem
                    ? ValueTask.FromResult<object?>(problem)
                    : next(context)
        );

    /// <summary>Refuses a request with a body with 400.</summary>
    /// <param name="route">The route.</param>
    public static RouteHandlerBuilder TakesNoBody(this RouteHandlerBuilder route) =>
        route.AddEndpointFilter(
            (context, next) =>
                HasBody(context.HttpContext)
                    ? ValueTask.FromResult<object?>(new ErrorResult(StatusCodes.Status400BadRequest, "this route takes no body"))
                    : next(context)
        );

    private static ErrorResult? FindProblem(IQueryCollection query, string[] parameters)
    {
        foreach (var (key, values) in query)
        {
            var name = Echo.Cut(key).ToString();
            if (!parameters.Contains(key, StringComparer.Ordinal))
            {
                var known = parameters.Length == 0 ? "none" : string.Join(", ", parameters);
                return new ErrorResult(StatusCodes.Status400BadRequest, $"there is no parameter '{name}'; this route takes {known}", name);
            }

            if (values.Count > 1)
            {
                return new ErrorResult(StatusCodes.Status400BadRequest, $"{name} must be given once", name);
            }
        }

        return null;
    }

    // A body of length 0, as some clients announce with every POST, is none.
    private static bool HasBody(HttpContext context) =>
        context.Request.ContentLength is { } length
            ? length > 0
            : context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is true;
}
