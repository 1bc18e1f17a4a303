namespace OpenEntropy.Benchmarks.Http;

/// <summary>One request that is measured, and the constant it is compared with.</summary>
/// <param name="Query">The query string of <c>/api/v1/random</c>, without the question mark.</param>
/// <param name="ConstantPath">The route of a body of the same size.</param>
/// <param name="IsStream">Whether bytes per second are what counts.</param>
/// <param name="Target">What the ratio is to reach; empty where nothing is asked.</param>
internal sealed record LoadCase(string Query, string ConstantPath, bool IsStream = false, string Target = "")
{
    /// <summary>The case that the targets speak of.</summary>
    public static readonly LoadCase Main = new("length=1024&type=uint8", "/constant/uint8", Target: "at least 0.7, later 0.9");

    /// <summary>All cases.</summary>
    public static readonly IReadOnlyList<LoadCase> All =
    [
        Main,
        new("length=100&type=hex16&size=10", "/constant/hex16"),
        new("length=1048576&format=bytes", "/constant/bytes", IsStream: true),
    ];

    /// <summary>Path and query of the request.</summary>
    public string Path => $"/api/v1/random?{Query}";
}
