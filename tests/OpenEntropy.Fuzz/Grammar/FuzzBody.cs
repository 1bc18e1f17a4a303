namespace OpenEntropy.Fuzz.Grammar;

/// <summary>The body of a POST request.</summary>
/// <param name="Type">Its <c>Content-Type</c>; empty for none.</param>
/// <param name="Content">A character is a byte.</param>
internal sealed record FuzzBody(string Type, string Content)
{
    /// <summary>So long that the service may close the connection while it is still sent; bytes. The shortest bound of a route is this.</summary>
    public const int Long = 4096;

    /// <summary>Whether it says that it is JSON.</summary>
    public bool IsJson =>
        Type.Split(';')[0].Trim() is var type
        && (
            type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (
                type.StartsWith("application/", StringComparison.OrdinalIgnoreCase)
                && type.EndsWith("+json", StringComparison.OrdinalIgnoreCase)
            )
        );
}
