using System.Globalization;
using OpenEntropy.Fuzz.Checks;

namespace OpenEntropy.Fuzz.Grammar;

/// <summary>What is tried: a line for each route, and one for each parameter.</summary>
internal static class RouteTable
{
    // 1 to 19 digits and no leading zero; what the bound is depends on the other parameters and is judged with them.
    private const string Natural = "[1-9][0-9]{0,18}";
    private const string Words = @"[^,\s\p{Lu}]+(?:,[^,\s\p{Lu}]+)*";

    private static readonly Parameter s_rate = new("rate", "[1-9][0-9]{0,9}", "1", "100", "65536", "1000000", "1073741824")
    {
        Rule = text => long.Parse(text, CultureInfo.InvariantCulture) <= 1 << 30,
    };

    // The last three are beyond what a small service gives; one with --large writes the answers in pieces.
    private static readonly string[] s_lengths = "1 2 3 10 64 255 256 1000 1024 1500 1501 2048 3000 3001 65536 1048576 4194305".Split(' ');

    /// <summary><c>/api/v1/random</c>.</summary>
    public static readonly Route Random = new(
        "/api/v1/random",
        60,
        new Parameter("length", Natural, s_lengths),
        new Parameter("type", "uint8|uint16|hex8|hex16", "uint8", "uint16", "hex8", "hex16"),
        new Parameter("size", "[1-9][0-9]{0,2}|10[01][0-9]|102[0-4]", "1", "1", "1", "2", "3", "10", "100", "1024"),
        new Parameter("raw", "true|false", "false", "false", "true"),
        new Parameter("source", Words, "hash_timing", "clock_jitter", "os_rng", "*_timing", "timing,novel", "fast", "no_such_source"),
        new Parameter("conditioning", "drbg|sha256|limited|raw|vonneumann", "drbg", "drbg", "sha256", "limited", "raw", "vonneumann"),
        new Parameter("fresh", "true|false", "false", "false", "false", "true"),
        new Parameter("timeout", "[0-9]|[12][0-9]|30", "0", "0", "0", "0", "0", "0", "0", "0", "0", "1"),
        new Parameter("format", "json|bytes|hex|base64|lines", "json", "bytes", "hex", "base64", "lines"),
        new Parameter("receipt", "true|false", "false", "false", "true"),
        s_rate
    )
    {
        Check = RandomAnswer.FindFault,
    };

    /// <summary><c>/</c>, the newer ANU API, where numbers are asked for.</summary>
    public static readonly Route NewerAnu = Anu("/", "uint8|uint16|hex8|hex16", "uint8", "uint16", "hex8", "hex16");

    /// <summary><c>/API/jsonI.php</c>, the older ANU API.</summary>
    public static readonly Route OlderAnu = Anu("/API/jsonI.php", "uint8|uint16|hex16", "uint8", "uint16", "hex16");

    private static readonly Route s_stream = new(
        "/api/v1/stream",
        8,
        new Parameter("length", Natural, "1", "10", "1000", "100000", "1125899906842624", "1125899906842625")
        {
            Rule = text => decimal.Parse(text, CultureInfo.InvariantCulture) <= 1L << 50,
        },
        new Parameter("format", "bytes|hex|base64", "bytes", "hex", "base64"),
        new Parameter("conditioning", "drbg|sha256|limited|raw|vonneumann", "drbg", "drbg", "drbg", "drbg", "limited", "raw", "vonneumann"),
        new Parameter("raw", "true|false", "false", "false", "true"),
        new Parameter("source", Words, "hash_timing", "clock_jitter", "timing,novel", "no_such_source"),
        new Parameter("timeout", "[0-9]|[12][0-9]|30", "0", "0", "0", "1"),
        s_rate
    )
    {
        IsEndless = true,
        Check = StreamAnswer.FindFault,
    };

    /// <summary>All routes.</summary>
    public static readonly IReadOnlyList<Route> All =
    [
        Random,
        s_stream,
        .. ValueRoutes.All,
        NewerAnu,
        Anu("/api/v1/random/", "uint8|uint16|hex8|hex16", "uint8", "uint16", "hex8", "hex16"),
        OlderAnu,
        new Route("/v1/auth/check-key", 1) { IsStrict = false },
        new Route("/v1/qrng/latest", 1) { IsStrict = false },
        new Route("/pollen", 1)
        {
            IsStrict = false,
            Successes = [],
            Subjects = ["challenge"],
        },
        new Route("/api/v1/identity", 1) { MayLackEntropy = true },
        new Route("/api/v1/pqc/identity", 1) { MayLackEntropy = true },
        new Route(
            "/api/v1/pqc/bundles",
            1,
            new Parameter("before", Natural, "1", "2", "100", "9223372036854775807", "9223372036854775808")
            {
                Rule = text => decimal.Parse(text, CultureInfo.InvariantCulture) <= long.MaxValue,
            },
            new Parameter("limit", "[1-9][0-9]?|100", "1", "20", "100", "101")
        ),
        new Route("/sources", 1, new Parameter("select", Words, "hash_timing", "clock_jitter,os_rng", "timing", "*_jitter", "slow")),
        new Route("/sources/{name}", 2),
        new Route(
            "/events/history",
            1,
            new Parameter("minutes", "5|15|60|360|1440", "5", "15", "60", "360", "1440"),
            new Parameter("source", Words, "hash_timing", "clock_jitter", "no_such_source")
        )
        {
            RefusalStatuses = [404],
            Subjects = ["another site"],
        },
        new Route("/api/v1/assessments", 1),
        new Route("/api/v1/assessments/{name}", 2),
        new Route("/pool/status", 1) { IsStrict = false },
        new Route("/health", 1) { IsStrict = false, MayLackEntropy = true },
        new Route("/health/ready", 1) { IsStrict = false, MayLackEntropy = true },
        new Route("/metrics", 1) { IsStrict = false },
        .. PostRoutes.All,
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

    private static Route Anu(string path, string types, params string[] samples) =>
        new(
            path,
            3,
            new Parameter("length", Natural, "1", "2", "10", "1000", "1024", "1500", "1501"),
            new Parameter("type", types, samples),
            new Parameter("size", "[1-9][0-9]{0,2}|10[01][0-9]|102[0-4]", "1", "1", "2", "10", "1024")
        )
        {
            IsStrict = false,
            TakesFirst = true,
            Refuses = ["raw", "source", "conditioning", "fresh", "timeout", "format", "receipt", "rate"],
            Check = AnuAnswer.FindFault,
        };
}
