using System.Text;
using OpenEntropy.Clients.Tests.Checks;
using Xunit;

namespace OpenEntropy.Clients.Tests.Conformance;

/// <summary>The page in the documentation tells of this run; <c>OPENENTROPY_CONFORMANCE</c> names a file to write it to.</summary>
[Collection(SharedService.Name)]
public sealed class ConformancePageTests(CheckResults results)
{
    private const string Variable = "OPENENTROPY_CONFORMANCE";

    [Fact]
    public async Task Page_ClientsAndResults_AreThoseOfThisRun()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path)
        {
            await File.WriteAllTextAsync(path, ConformancePage.Write(await RowsAsync(ClientPrograms.All)));
            return;
        }

        // What cannot run here is reported as skipped by its own test; the page stays what it was where it can.
        var here = ClientPrograms.All.Where(client => client.WhyNot() is null).ToList();
        var elsewhere = ClientPrograms.All.Except(here).Select(client => client.Name).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(
            (await RowsAsync(here)).Select(row => row.Told),
            ConformancePage.Read(Kept()).Where(row => !elsewhere.Contains(row.Client)).Select(row => row.Told)
        );
    }

    [Fact]
    public void Page_Kept_TellsOfEveryUseAndOfNoFailure()
    {
        var rows = ConformancePage.Read(Kept());

        Assert.Equal(
            ClientPrograms.All.SelectMany(client => client.Checks.Select(check => $"{client.Name}: {check.What}")),
            rows.Select(row => $"{row.Client}: {row.What}")
        );
        Assert.All(rows, row => Assert.Equal(ConformanceRow.Passed, row.Result));
        Assert.All(rows, row => Assert.NotEmpty(row.Version));
    }

    [Fact]
    public void Write_Rows_AreReadAgain()
    {
        ConformanceRow[] rows = [new("curl", "1", "a", "passed"), new("other", "", "b/c", "not run: d")];

        Assert.Equal(rows, ConformancePage.Read(ConformancePage.Write(rows)));
    }

    private async Task<IReadOnlyList<ConformanceRow>> RowsAsync(IEnumerable<ClientProgram> clients)
    {
        var rows = new List<ConformanceRow>();
        foreach (var client in clients)
        {
            rows.AddRange(await ConformanceRun.RowsAsync(client, results));
        }

        return rows;
    }

    private static string Kept()
    {
        using var file = typeof(ConformancePageTests).Assembly.GetManifestResourceStream("conformance.md")!;
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
