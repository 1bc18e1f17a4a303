using System.Text.Json;
using System.Text.Json.Serialization;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Documentation;

/// <summary>The OpenAPI document and its page. Both are made when first asked for; the page's files are embedded and need no network.</summary>
internal static class DocumentationEndpoints
{
    private const string Document = "/openapi/v1.json";

    // Its page begins by a script and styles of its own.
    private const string PagePolicy =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Registers what makes the document.</summary>
    /// <param name="services">The services.</param>
    public static void AddDocumentation(this IServiceCollection services)
    {
        // The document names members and numbers by these options; the answers themselves are written by ServerJson.
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddOpenApi(options =>
        {
            options.AddOperationTransformer(OperationTexts.RestoreAsync);
            options.AddDocumentTransformer(
                (document, _, _) =>
                {
                    DocumentFrame.Complete(document);
                    return Task.CompletedTask;
                }
            );
        });
    }

    /// <summary>Maps the routes.</summary>
    /// <param name="app">The application.</param>
    public static void MapDocumentation(this WebApplication app)
    {
        app.MapOpenApi(Document).IsOpen().Finally(AddHead);
        var page = new Lazy<RequestDelegate>(() => BuildPage(app));
        app.MapMethods("/swagger/{**path}", Routes.Read, (RequestDelegate)(context => page.Value(context)))
            .ExcludeFromDescription()
            .IsOpen();
    }

    private static void AddHead(EndpointBuilder endpoint)
    {
        foreach (var methods in endpoint.Metadata.OfType<HttpMethodMetadata>().ToList())
        {
            endpoint.Metadata.Remove(methods);
        }

        endpoint.Metadata.Add(new HttpMethodMetadata(Routes.Read));
    }

    // The page's middleware sets a Cache-Control of its own, and redirects for good, which browsers remember.
    private static Task MendHeaders(object state)
    {
        var response = (HttpResponse)state;
        AnswerHeaders.Set(response);
        response.Headers.ContentSecurityPolicy = PagePolicy;
        if (response.StatusCode == StatusCodes.Status301MovedPermanently)
        {
            response.StatusCode = StatusCodes.Status302Found;
        }

        return Task.CompletedTask;
    }

    private static RequestDelegate BuildPage(IApplicationBuilder app)
    {
        var branch = app.New();
        branch.Use(
            (context, next) =>
            {
                context.SetEndpoint(null); // the page's middleware steps back where routing has chosen an endpoint
                context.Response.OnStarting(MendHeaders, context.Response);
                return next(context);
            }
        );
        branch.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "swagger";
            options.DocumentTitle = "OpenEntropy";
            options.SwaggerEndpoint(Document, "OpenEntropy");
        });
        return branch.Build();
    }
}
