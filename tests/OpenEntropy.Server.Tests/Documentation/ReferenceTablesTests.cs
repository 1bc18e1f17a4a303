using Xunit;

namespace OpenEntropy.Server.Tests.Documentation;

/// <summary>The tables of docs/api.md that say when a status is answered.</summary>
public sealed class ReferenceTablesTests
{
    private const string Heading = "| answer | when |";

    [Fact]
    public void Answers_EachTableOfTheReference_HasNoStatusTwice()
    {
        var tables = ReadTables();

        Assert.NotEmpty(tables);
        Assert.All(
            tables,
            statuses =>
            {
                Assert.NotEmpty(statuses);
                Assert.All(statuses, status => Assert.InRange(status, 400, 599));
                Assert.Equal(statuses.Distinct(), statuses);
            }
        );
    }

    /// <summary>The statuses of each table, row by row; a row may name several.</summary>
    private static List<List<int>> ReadTables()
    {
        using var stream = typeof(ReferenceTablesTests).Assembly.GetManifestResourceStream("api.md")!;
        using var reader = new StreamReader(stream);
        var tables = new List<List<int>>();
        while (reader.ReadLine() is { } line)
        {
            if (line != Heading)
            {
                continue;
            }

            Assert.Equal("|---|---|", reader.ReadLine());
            var statuses = new List<int>();
            while (reader.ReadLine() is { } row && row.StartsWith('|'))
            {
                statuses.AddRange(row.Split('|')[1].Split(',', StringSplitOptions.TrimEntries).Select(int.Parse));
            }

            tables.Add(statuses);
        }

        return tables;
    }
}
