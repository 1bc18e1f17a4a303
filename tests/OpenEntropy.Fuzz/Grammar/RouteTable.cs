using OpenEntropy.Fuzz.Checks;

namespace OpenEntropy.Fuzz.Grammar;

/// <summary>What is tried: a line for each route, and one for each parameter.</summary>
internal static class RouteTable
{
    // 1 to 19 digits and no leading zero; what the bound is depends on the other parameters and is judged with them.
    private const string Natural = "[1-9][0-9]{0,18}";
    private const string Words = @"[^,\s\p{Lu}]+(?:,[^,\s\p{Lu}]+)*";

    /// <summary><c>/api/v1/random</c>.</summary>
    public static readonly Route Random = new(
        "/api/v1/random",
        60,
        new Parameter(
            "length",
            Natural,
            "1",
            "2",
            "3",
            "10",
            "16",
            "64",
            "100",
            "255",
            "256",
            "1000",
            "1024",
            "1500",
            "1501",
            "2048",
            "3000",
            "3001"
        ),
        new Parameter("type", "uint8|uint16|hex8|hex16", "uint8", "uint16", "hex8", "hex16"),
        new Parameter("size", "[1-9][0-9]{0,2}|10[01][0-9]|102[0-4]", "1", "1", "1", "2", "3", "10", "100", "1024"),
        new Parameter("raw", "true|false", "false", "false", "true"),
        new Parameter("source", Words, "hash_timing", "clock_jitter", "os_rng", "*_timing", "timing,novel", "fast", "no_such_source"),
        new Parameter("conditioning", "drbg|sha256|limited|raw|vonneumann", "drbg", "drbg", "sha256", "limited", "raw", "vonneumann"),
        new Parameter("fresh", "true|false", "false", "false", "false", "true"),
        new Parameter("timeout", "[0-9]|[12][0-9]|30", "0", "0", "0", "0", "0", "0", "0", "0", "0", "1"),
        new Parameter("format", "json|bytes|hex|base64|lines", "json", "bytes", "hex", "base64", "lines")
    )
    {
        Check = RandomAnswer.FindFault,
    };

    /// <summary>All routes.</summary>
    public static readonly IReadOnlyList<Route> All =
    [
        Random,
        new Route("/sources", 1, new Parameter("select", Words, "hash_timing", "clock_jitter,os_rng", "timing", "*_jitter", "slow")),
        new Route("/sources/{name}", 2),
        new Route("/api/v1/assessments", 1),
        new Route("/api/v1/assessments/{name}", 2),
        new Route("/pool/status", 1) { IsStrict = false },
        new Route("/health", 1) { IsStrict = false },
        new Route("/health/ready", 1) { IsStrict = false },
        new Route("/metrics", 1) { IsStrict = false },
    ];

    /// <summary>One of the routes, by weight.</summary>
    /// <param name="choices">The choices.</param>
    public static Route Choose(Xorshift choices)
    {
        var left = choices.Below(All.Sum(route => route.Weight));
        foreach (var route in All)
        {
            left -= route.Weight;
            if (left < 0)
                return route;
        }

        return Random;
    }
}
