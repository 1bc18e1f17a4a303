using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace OpenEntropy.Server.Documentation;

/// <summary>
/// What an operation says of itself: what its route was given to say. The framework puts the docstring of the handler in its place, which is written for those
/// who read the code.
/// </summary>
internal static class OperationTexts
{
    /// <summary>Restores summary and description; to be registered after all that may change them.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="context">Its route.</param>
    /// <param name="cancellation">Not used.</param>
    public static Task RestoreAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Summary = metadata.OfType<IEndpointSummaryMetadata>().LastOrDefault()?.Summary;
        operation.Description = metadata.OfType<IEndpointDescriptionMetadata>().LastOrDefault()?.Description;
        return Task.CompletedTask;
    }
}
