using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.OpenApi;
using OpenEntropy.Server.Documentation;
using OpenEntropy.Server.Errors;

namespace OpenEntropy.Server.Limits;

/// <summary>Limits in the OpenAPI document: every route that has them may answer 429.</summary>
internal static class LimitOpenApi
{
    private const string Status = "429";
    private const string Text = "A limit of the caller is reached; Retry-After says when to ask again.";
    private const string Example = "this caller may ask 2000 times a second, and 4000 times at once";

    /// <summary>The headers of a 429, beside Retry-After.</summary>
    public static IEnumerable<(string Name, string Text, OpenApiSchema Schema)> Headers =>
        [
            (LimitHeaders.Limit, "Where a limit of the caller is reached: the most there is.", Schemas.Integer),
            (LimitHeaders.Remaining, "What is left of it.", Schemas.Integer),
            (LimitHeaders.Reset, "Whole seconds until all of it is there again; absent for streams.", Schemas.Integer),
        ];

    /// <summary>Adds the answer to every operation but those that are never limited.</summary>
    /// <param name="document">The document, with all its paths.</param>
    /// <param name="context">What it was made of.</param>
    /// <param name="cancellation">Not used.</param>
    public static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        var never = context
            .DescriptionGroups.SelectMany(group => group.Items)
            .Where(item => item.ActionDescriptor.EndpointMetadata.OfType<DisableRateLimitingAttribute>().Any())
            .Select(item => "/" + item.RelativePath?.Trim('/'))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var (path, item) in document.Paths)
        {
            foreach (var operation in never.Contains(path) ? [] : item.Operations?.Values.AsEnumerable() ?? [])
            {
                operation.Responses ??= [];
                if (!operation.Responses.ContainsKey(Status))
                {
                    operation.Responses[Status] = ErrorOpenApi.Answer(Text, Example, StatusCodes.Status429TooManyRequests);
                }
            }
        }

        return Task.CompletedTask;
    }
}
