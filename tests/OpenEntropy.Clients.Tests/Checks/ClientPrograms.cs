namespace OpenEntropy.Clients.Tests.Checks;

/// <summary>All of them. A new client is one line here.</summary>
internal static class ClientPrograms
{
    /// <summary>In the order of the conformance page.</summary>
    public static IReadOnlyList<ClientProgram> All { get; } =
    [
        CurlChecks.Client,
        NodeChecks.Client,
        PollinateChecks.Client,
        NpmClientChecks.RngTs,
        NpmClientChecks.AlgoAnu,
        EventSourceChecks.Client,
        OpenApiChecks.Redocly,
        OpenApiChecks.Seriousme,
        OpenApiChecks.GeneratedClient,
    ];

    /// <summary>The one of a name.</summary>
    /// <param name="name">The name.</param>
    public static ClientProgram Find(string name) => All.Single(client => client.Name == name);
}
