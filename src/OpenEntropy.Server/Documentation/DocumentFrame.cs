using Microsoft.OpenApi;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Documentation;

/// <summary>What the OpenAPI document says of the service as a whole, and what every operation gets alike: a name, and an example of its answer.</summary>
internal static class DocumentFrame
{
    private static readonly Dictionary<string, string> s_tags = new(StringComparer.Ordinal)
    {
        ["Randomness"] = "Random bytes and what is made of them.",
        ["Values"] = "Values made of random bytes without bias, each with a proof.",
        ["Bundles"] = "Post-quantum key pairs made of this machine's entropy, signed with the evidence.",
        ["Receipts"] = "Signed receipts of what was served, and the key they are signed with.",
        ["Dialects"] = "The routes that clients of other services of this kind ask.",
        ["Health"] = "Whether the service can serve.",
        ["Sources"] = "The noise sources: their state and figures, and an operator's acts on them.",
        ["Drills"] =
            "Parts of the service that are made to fail on purpose and for a while, to see that it is noticed and clears by itself.",
        ["Self-tests"] = "Known answers that what the service computes with is tried by.",
        ["Assessments"] = "What the SP 800-90B estimators said of recordings of the sources.",
        ["Pool"] = "The accounts of the seed pool.",
        ["Audit"] = "Where the log of acts stands, to be noted elsewhere.",
        ["Metrics"] = "Figures for Prometheus.",
        ["Dashboard"] = "What the live page shows.",
    };

    /// <summary>Completes a document.</summary>
    /// <param name="document">The document as the routes describe themselves.</param>
    public static void Complete(OpenApiDocument document)
    {
        document.Info.Title = "OpenEntropy";
        document.Info.Version = typeof(EntropyPool).Assembly.GetName().Version?.ToString(3);
        document.Info.Description =
            "Random bytes grown from this machine's noise. Not certified; mix them with the operating system's own.";
        document.Info.License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" };
        document.Servers = [new OpenApiServer { Url = "/", Description = "The service the document was fetched from." }];
        document.Security = [new OpenApiSecurityRequirement()]; // one way to be allowed: with no credentials
        ScopedRoutes.Describe(document);
        foreach (var (path, item) in document.Paths)
        {
            if (item.Operations is { } operations)
            {
                operations.Remove(HttpMethod.Head); // HTTP says what HEAD is; described, it would double every operation
                Complete(path, operations);
            }
        }

        document.Tags = document.Tags?.Select(Describe).ToHashSet();
    }

    private static void Complete(string path, IDictionary<HttpMethod, OpenApiOperation> operations)
    {
        foreach (var (method, operation) in operations)
        {
            operation.OperationId ??= OperationName.Of(method, path);
            NamedParameters.Describe(operation);
            AnswerExamples.AddTo(operation);
        }
    }

    private static OpenApiTag Describe(OpenApiTag tag) => new() { Name = tag.Name, Description = s_tags.GetValueOrDefault(tag.Name ?? "") };
}
