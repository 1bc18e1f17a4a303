using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using OpenEntropy.Server.Proxies;

namespace OpenEntropy.Server.Limits;

/// <summary>Puts limits in force.</summary>
internal static class LimitServices
{
    /// <summary>Registers what counts and refuses, and what the web server refuses by itself.</summary>
    /// <param name="services">The services; they hold <see cref="LimitsOptions"/>.</param>
    /// <param name="http">The limits of single requests and connections.</param>
    public static void AddLimits(this IServiceCollection services, HttpLimitsOptions http)
    {
        services.AddSingleton(provider => new ConnectionLimiter(
            http.ConnectionsPerAddress,
            provider.GetService<IOptions<ProxyOptions>>()?.Value.Networks() ?? [],
            provider.GetRequiredService<LimitCounts>()
        ));
        services
            .AddOptions<KestrelServerOptions>()
            .Configure<ConnectionLimiter>(
                (kestrel, connections) =>
                {
                    http.ApplyTo(kestrel.Limits);
                    kestrel.ConfigureEndpointDefaults(listen => listen.Use(connections.Before)); // before TLS, which costs more than a refusal
                }
            );
        services.AddSingleton<CallerAccounts>();
        services.AddSingleton<LimitCounts>();
        services.AddSingleton<LimitAnswer>();
        services.Configure<OpenApiOptions>("v1", options => options.AddDocumentTransformer(LimitOpenApi.DescribeAsync));
    }

    /// <summary>Limits callers, from here on; who they are must be known by now.</summary>
    /// <param name="app">The application.</param>
    /// <param name="options">The limits.</param>
    public static void UseLimits(this WebApplication app, LimitsOptions options)
    {
        if (options.Enabled)
        {
            app.UseMiddleware<CallerLimiter>();
        }
    }

    /// <summary>Says of routes that their answers are counted as streams.</summary>
    /// <typeparam name="T">A route or a group of them.</typeparam>
    /// <param name="routes">The routes.</param>
    public static T CountsAsStream<T>(this T routes)
        where T : IEndpointConventionBuilder => routes.WithMetadata(new StreamingMetadata());
}
