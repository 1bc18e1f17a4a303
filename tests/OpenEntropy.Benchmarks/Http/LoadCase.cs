namespace OpenEntropy.Benchmarks.Http;

/// <summary>One request that is measured, and the constant it is compared with.</summary>
/// <param name="Query">The query string of <c>/api/v1/random</c>, without the question mark.</param>
/// <param name="ConstantPath">The route of a body of the same size.</param>
/// <param name="Least">What the ratio is to reach.</param>
/// <param name="IsStream">Whether bytes per second are what counts, and the constant is written as the stream is.</param>
internal sealed record LoadCase(string Query, string ConstantPath, double Least, bool IsStream = false)
{
    /// <summary>The case that most targets speak of.</summary>
    public static readonly LoadCase Main = new("length=1024&type=uint8", "/constant/uint8", 0.9);

    /// <summary>All cases.</summary>
    public static readonly IReadOnlyList<LoadCase> All =
    [
        Main,
        new("length=1024&type=hex16&size=10", "/constant/hex16", 0.85),
        new("length=1048576&format=bytes", "/constant/zeros", 0.9, IsStream: true),
    ];

    /// <summary>Path and query of the request.</summary>
    public string Path => $"/api/v1/random?{Query}";

    /// <summary>What it is compared with.</summary>
    public string ComparedWith => IsStream ? "zeros, same writer" : "constant body";
}
