using Microsoft.AspNetCore.Http.HttpResults;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Metrics;

/// <summary>What Prometheus scrapes.</summary>
internal static class MetricsEndpoint
{
    /// <summary>Registers the instruments and what renders them; both are made by <see cref="MetricsStart"/> or by the first scrape.</summary>
    /// <param name="services">The services.</param>
    public static void AddEntropyMetrics(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var pool = provider.GetRequiredService<EntropyPool>();
            return new StatusSnapshot(() => pool.Status, provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<EntropyMetrics>();
        services.AddSingleton<PrometheusScrape>();
        services.AddHostedService<MetricsStart>();
    }

    /// <summary>Maps the route.</summary>
    /// <param name="routes">Where to.</param>
    public static void MapMetrics(this IEndpointRouteBuilder routes) =>
        routes
            .MapMethods("/metrics", Routes.Read, GetAsync)
            .WithTags("Metrics")
            .DisableRateLimiting()
            .WithSummary("Metrics in Prometheus' text format 0.0.4")
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .Needs(Scopes.Metrics);

    private static async Task<ContentHttpResult> GetAsync(PrometheusScrape scrape) =>
        TypedResults.Text(await scrape.RenderAsync(), PrometheusText.ContentType);
}
