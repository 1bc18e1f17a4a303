namespace OpenEntropy.Server.Hosting;

/// <summary>The addresses of Kestrel's own section, which count before all others where there are any.</summary>
internal static class KestrelEndpoints
{
    /// <summary>The section.</summary>
    public const string Section = "Kestrel:Endpoints";

    /// <summary>
    /// Whether there are any. A section that is there and empty, as <c>Kestrel__Endpoints=</c> makes it, has none: Kestrel then listens elsewhere, and so
    /// must whatever is judged by its addresses.
    /// </summary>
    /// <param name="configuration">The whole configuration.</param>
    public static bool Any(IConfiguration configuration) => All(configuration).Any();

    /// <summary>Each with the key of its address and the address, empty where it has none.</summary>
    /// <param name="configuration">The whole configuration.</param>
    public static IEnumerable<(string Key, string Address)> All(IConfiguration configuration) =>
        configuration.GetSection(Section).GetChildren().Select(endpoint => ($"{endpoint.Path}:Url", endpoint["Url"] ?? ""));

    /// <summary>What is wrong with the section itself, with its key; null for nothing.</summary>
    /// <param name="configuration">The whole configuration.</param>
    public static string? FindProblem(IConfiguration configuration) =>
        configuration.GetSection(Section).Value is { } value
            ? $"{Section}: '{value}' is no list of addresses: give each a name, as {Section}:Own:Url=http://127.0.0.1:8042, or leave the key out"
            : null;
}
