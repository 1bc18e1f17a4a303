using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Server.Documentation;

/// <summary>The OpenAPI document and its page. Both are made when first asked for; the page's files are embedded and need no network.</summary>
internal static class DocumentationEndpoints
{
    private const string Document = "/openapi/v1.json";

    /// <summary>Registers what makes the document.</summary>
    /// <param name="services">The services.</param>
    public static void AddDocumentation(this IServiceCollection services) =>
        services.AddOpenApi(options =>
            options.AddDocumentTransformer(
                (document, _, _) =>
                {
                    document.Info.Title = "OpenEntropy";
                    document.Info.Version = typeof(EntropyPool).Assembly.GetName().Version?.ToString(3);
                    document.Info.Description =
                        "Random bytes grown from this machine's noise. Not certified; mix them with the operating system's own.";
                    document.Servers?.Clear(); // the address the document was fetched from
                    return Task.CompletedTask;
                }
            )
        );

    /// <summary>Maps the routes.</summary>
    /// <param name="app">The application.</param>
    public static void MapDocumentation(this WebApplication app)
    {
        app.MapOpenApi(Document);
        var page = new Lazy<RequestDelegate>(() => BuildPage(app));
        app.MapMethods("/swagger/{**path}", Routes.Read, (RequestDelegate)(context => page.Value(context))).ExcludeFromDescription();
    }

    private static Task ForbidStoring(object response)
    {
        ((HttpResponse)response).Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }

    private static RequestDelegate BuildPage(IApplicationBuilder app)
    {
        var branch = app.New();
        branch.Use(
            (context, next) =>
            {
                context.SetEndpoint(null); // the page's middleware steps back where routing has chosen an endpoint
                context.Response.OnStarting(ForbidStoring, context.Response); // it sets a header of its own
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
