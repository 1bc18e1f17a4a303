using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Errors;

/// <summary>
/// Lets pages of the origins that <see cref="ServerOptions.CorsOrigins"/> lists read what the service answers to GET and HEAD (Fetch, "CORS protocol").
/// What a POST is answered stays unreadable, and acts stay refused by <see cref="Security.Access"/>, which asks nobody's list. Where none is listed, nothing
/// of this is in the way of a request.
/// </summary>
internal static class CrossOrigin
{
    private static readonly string[] s_told =
    [
        HeaderNames.RetryAfter,
        LimitHeaders.Limit,
        LimitHeaders.Remaining,
        LimitHeaders.Reset,
        RandomHeaders.Quality,
        RandomHeaders.Sources,
        RandomHeaders.States,
        PlainKeyWarning.Header,
    ];

    /// <summary>Registers what judges origins, where any is listed.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">The origins.</param>
    public static void AddCrossOrigin(this IServiceCollection services, ServerOptions options)
    {
        if (options.CorsOrigins.Length > 0)
        {
            services.AddCors();
        }
    }

    /// <summary>Puts it before the routes, where any origin is listed.</summary>
    /// <param name="app">The application.</param>
    /// <param name="options">The origins.</param>
    public static void UseCrossOrigin(this IApplicationBuilder app, ServerOptions options)
    {
        if (options.CorsOrigins.Length > 0)
        {
            app.UseWhen(
                context => IsForReading(context.Request.Method),
                reading =>
                {
                    reading.Use(AddVary);
                    reading.UseCors(policy => Describe(policy, options));
                }
            );
        }
    }

    private static void Describe(CorsPolicyBuilder policy, ServerOptions options) =>
        policy
            .WithOrigins(CorsOriginList.Split(options.CorsOrigins))
            .WithMethods(Routes.Read)
            .AllowAnyHeader() // such as x-api-key and Authorization, which clients of other services send
            .WithExposedHeaders(s_told);

    // A browser asks with OPTIONS whether it may ask at all.
    private static bool IsForReading(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    // Whoever keeps an answer must know that it differs by origin, also where it is for none (Fetch, "CORS protocol and HTTP caches").
    private static Task AddVary(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(
            static state =>
            {
                var headers = ((HttpResponse)state).Headers;
                if (!headers.Vary.Contains(HeaderNames.Origin, StringComparer.OrdinalIgnoreCase))
                {
                    headers.Vary = StringValues.Concat(headers.Vary, HeaderNames.Origin);
                }

                return Task.CompletedTask;
            },
            context.Response
        );
        return next(context);
    }
}
