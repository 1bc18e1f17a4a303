using OpenEntropy.Clients.Tests.Checks;

namespace OpenEntropy.Clients.Tests.Conformance;

/// <summary>The rows of this run.</summary>
internal static class ConformanceRun
{
    private const int LongestReason = 120;

    /// <summary>Those of a client: of each check its result, or why it did not run here.</summary>
    /// <param name="client">The client.</param>
    /// <param name="results">What was run.</param>
    public static async Task<IReadOnlyList<ConformanceRow>> RowsAsync(ClientProgram client, CheckResults results)
    {
        if (client.WhyNot() is { } why)
        {
            return [.. client.Checks.Select(check => Row(client, "", check, $"not run: {why}"))];
        }

        var rows = new List<ConformanceRow>();
        var version = await client.VersionAsync();
        foreach (var check in client.Checks)
        {
            var failure = await results.OfAsync(check);
            rows.Add(Row(client, version, check, failure is null ? ConformanceRow.Passed : $"failed: {Beginning(failure.Message)}"));
        }

        return rows;
    }

    private static ConformanceRow Row(ClientProgram client, string version, ClientCheck check, string result) =>
        new(client.Name, version, ConformancePage.Cell(check.What), ConformancePage.Cell(result));

    private static string Beginning(string text) => text.Length <= LongestReason ? text : text[..LongestReason];
}
