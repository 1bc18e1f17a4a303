using OpenEntropy.Fuzz.Checks;

namespace OpenEntropy.Fuzz.Grammar;

/// <summary>
/// The routes that take a body. Those that switch a source are left out: what they are asked they do, and a service whose sources are all switched
/// off has nothing to say.
/// </summary>
internal static class PostRoutes
{
    private static readonly string[] s_ofItems = ["items", "the body", "Request body"];

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Route> All =
    [
        .. ValueRoutes.OfItems.Select(route =>
            route with
            {
                Parameters = [.. route.Parameters.Where(each => each.Name != "items")],
                Method = "POST",
                MakeBody = HostileBodies.Items,
                RefusalStatuses = [413, 415],
                Subjects = s_ofItems,
            }
        ),
        new Route("/api/v1/pqc/bundles", 1, new Parameter("format", "bundle|chaosmagnet", "bundle", "chaosmagnet"))
        {
            Method = "POST",
            MakeBody = HostileBodies.Mint,
            Successes = [200, 201],
            RefusalStatuses = [409, 413, 415, 422, 429],
            Subjects =
            [
                "the body",
                "algorithm",
                "encoding",
                "requester",
                "purpose",
                "passphrase",
                "store",
                "Idempotency-Key",
                "another site",
                "given once",
                "unknown member",
                "chaosmagnet",
                "Request body",
            ],
            MayLackEntropy = true,
            Check = PostAnswer.FindBundleFault,
        },
        new Route("/api/v1/pqc/bundles/verify", 2)
        {
            Method = "POST",
            MakeBody = HostileBodies.Bundle,
            RefusalStatuses = [413, 415],
            Subjects = ["the body"],
            Check = PostAnswer.FindVerificationFault,
        },
        Pollen("/"),
        Pollen("/pollen"),
        new Route("/api/v1/assessments/{name}", 1)
        {
            Method = "POST",
            MakeBody = HostileBodies.Nothing,
            Successes = [], // nothing is assessed in the service that is tried
            Subjects = ["body", "Assessment", "another site"],
        },
    ];

    private static Route Pollen(string path) =>
        new(path, 1)
        {
            Method = "POST",
            IsStrict = false,
            MakeBody = HostileBodies.Challenge,
            Subjects = ["challenge"],
            Check = PostAnswer.FindPollenFault,
        };
}
