using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Bundles;

/// <summary>Bundles of post-quantum keys: made, listed, verified, and by whom they are signed.</summary>
internal static class BundleEndpoints
{
    private const string NoIdentity = "The identity's files are not in order, or the service is starting; the message says which.";

    private const string Unusable =
        "The identity's files or the ledger are not in order, or as much is being read as may be, or the service is starting; the message says which.";

    /// <summary>Maps the routes.</summary>
    /// <param name="routes">Where to.</param>
    public static void MapBundles(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/pqc").WithTags("Bundles");
        group
            .MapPost("/bundles", MintRoute.HandleAsync)
            .IsAudited(AuditAct.BundleMint)
            .TakesOnly("format")
            .WithSummary("Makes post-quantum key pairs and signs the evidence of how")
            .WithDescription(BundleOpenApi.MintDescription)
            .AddOpenApiOperationTransformer(BundleOpenApi.DescribeMintAsync)
            .Refuses(StatusCodes.Status403Forbidden, "Plain HTTP from another host without a passphrase.")
            .Needs(Scopes.Mint);
        group
            .MapMethods("/bundles", Routes.Read, LedgerRoutes.ListAsync)
            .TakesOnly("before", "limit")
            .Answers<BundleListBody>("The bundles of key pairs that were made here, the latest first")
            .Refuses(StatusCodes.Status400BadRequest, "A parameter is out of its range, or is not known.")
            .Refuses(StatusCodes.Status503ServiceUnavailable, Unusable)
            .Needs(Scopes.Metrics);
        group
            .MapMethods("/bundles/{id}", Routes.Read, LedgerRoutes.GetAsync)
            .TakesOnly()
            .WithSummary("One bundle of key pairs as it was signed, without secret keys")
            .AddOpenApiOperationTransformer(BundleOpenApi.DescribeGetAsync)
            .Refuses(StatusCodes.Status400BadRequest, "A query parameter; this route takes none.")
            .Refuses(StatusCodes.Status404NotFound, "No bundle has this id.")
            .Refuses(StatusCodes.Status503ServiceUnavailable, Unusable)
            .Needs(Scopes.Metrics);
        group
            .MapPost("/bundles/verify", VerifyRoute.HandleAsync)
            .IsAudited(AuditAct.BundleVerify)
            .TakesOnly()
            .Answers<VerificationBody>("Verifies a bundle of key pairs from anywhere")
            .AddOpenApiOperationTransformer(BundleOpenApi.DescribeVerifyAsync)
            .Refuses(StatusCodes.Status400BadRequest, "The body is no bundle, or has secret keys in it, which nobody should send anywhere.")
            .Refuses(StatusCodes.Status408RequestTimeout, "The body was not here within ten seconds.")
            .Refuses(StatusCodes.Status413PayloadTooLarge, "The body is longer than any bundle.")
            .Refuses(StatusCodes.Status415UnsupportedMediaType, "The body is not application/json in UTF-8.")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "Too many bundles are being verified at this moment.")
            .Needs(Scopes.All); // any key: it acts on nothing, and takes the processor for a while
        group
            .MapMethods("/identity", Routes.Read, IdentityRoute.GetAsync)
            .TakesOnly()
            .Answers<BundleIdentityBody>("The keys that bundles are signed with, and those before them")
            .Refuses(StatusCodes.Status400BadRequest, "A query parameter; this route takes none.")
            .Refuses(StatusCodes.Status503ServiceUnavailable, NoIdentity)
            .IsOpen();
        group
            .MapMethods("/bundle.schema.json", Routes.Read, SchemaRoute.Get)
            .TakesOnly()
            .WithSummary("The JSON Schema of a bundle of key pairs")
            .AddOpenApiOperationTransformer(BundleOpenApi.DescribeSchemaAsync)
            .Refuses(StatusCodes.Status400BadRequest, "A query parameter; this route takes none.")
            .IsOpen();
    }
}
