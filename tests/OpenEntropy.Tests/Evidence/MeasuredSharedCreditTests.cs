using OpenEntropy.Evidence.Correlation;
using OpenEntropy.Evidence.Documents;
using Xunit;

namespace OpenEntropy.Tests.Evidence;

/// <summary>Which sources share one credit is what was measured, and nothing else.</summary>
public sealed class MeasuredSharedCreditTests
{
    [Fact]
    public void SharesCredit_OfTheCatalog_IsWhatTheDocumentFound()
    {
        var found = Lines(IndependenceReport.Groups(EmbeddedDocument.Read("independence.md")));
        var declared = Lines(
            CatalogSources
                .All()
                .Where(source => source.Info.SharesCredit is not null)
                .GroupBy(source => source.Info.SharesCredit, source => source.Info.Name, StringComparer.Ordinal)
        );

        Assert.True(
            found.SequenceEqual(declared, StringComparer.Ordinal),
            $"docs/independence.md has the groups [{string.Join("; ", found)}], the sources' SharesCredit [{string.Join("; ", declared)}]"
        );
    }

    private static IReadOnlyList<string> Lines(IEnumerable<IEnumerable<string>> groups) =>
        [.. groups.Select(group => string.Join(", ", group.Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal)];
}
