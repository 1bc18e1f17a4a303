using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Dashboard;

/// <summary>The live page: its files, its events and the history of its graph.</summary>
internal static class DashboardEndpoints
{
    /// <summary>Registers what the page is made of; <see cref="LogTail"/> is registered with the log.</summary>
    /// <param name="services">The services.</param>
    public static void AddDashboard(this IServiceCollection services)
    {
        services.TryAddSingleton<DeviationBoard>();
        services.AddSingleton<RequestFigures>();
        services.AddSingleton<PageFiles>();
        services.AddSingleton<PageRoute>();
        services.AddSingleton<PageOutput>();
        services.AddSingleton<EntropyHistory>();
        services.AddSingleton<StatusFeed>();
        services.AddSingleton<EventMaker>();
        services.AddSingleton<EventHub>();
        services.AddSingleton<EventRoute>();
    }

    /// <summary>Maps the routes, but for <c>/</c>, which is another's where it asks for numbers.</summary>
    /// <param name="routes">Where to.</param>
    public static void MapDashboard(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/page/{**" + PageRoute.Parameter + "}", Routes.Read, GetFileAsync).ExcludeFromDescription().IsOpen();
        var group = routes.MapGroup("/events").WithTags("Dashboard");
        group
            .MapMethods("", Routes.Read, GetEvents)
            .CountsAsStream()
            .IsForOwnPages()
            .TakesOnly()
            .WithSummary("The live page's events, until the client closes the connection")
            .WithDescription(EventOpenApi.Description)
            .AddOpenApiOperationTransformer(EventOpenApi.DescribeAsync)
            .Refuses(StatusCodes.Status400BadRequest, "A query parameter; this route takes none.")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "As many watch as may.")
            .Needs(Scopes.Metrics);
        group
            .MapMethods("/history", Routes.Read, HistoryRoute.Get)
            .IsForOwnPages()
            .TakesOnly("minutes", "source")
            .Answers<HistoryBody>("Entropies of raw samples and of generator output over the last minutes")
            .WithDescription(EventOpenApi.HistoryDescription)
            .AddOpenApiOperationTransformer(EventOpenApi.DescribeHistoryAsync)
            .Refuses(StatusCodes.Status400BadRequest, "A parameter is out of its range, or is not known.")
            .Refuses(StatusCodes.Status404NotFound, "No source has this name; the message names those that resemble it.")
            .Needs(Scopes.Metrics);
    }

    private static Task GetFileAsync(HttpContext context) =>
        context.RequestServices.GetRequiredService<PageRoute>().AnswerFileAsync(context);

    private static EventRoute GetEvents(EventRoute events) => events;
}
