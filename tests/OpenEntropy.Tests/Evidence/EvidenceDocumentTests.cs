using System.Globalization;
using OpenEntropy.Evidence.Documents;
using Xunit;

namespace OpenEntropy.Tests.Evidence;

/// <summary>The claims against the latest table of assessments, whatever the figures are that they were made of.</summary>
public sealed class EvidenceDocumentTests
{
    private const double Share = 1.0 / 8;

    /// <summary>The document rounds to three places.</summary>
    private const double Rounding = 0.0005;

    private static Dictionary<string, double> Assessed { get; } =
        EmbeddedDocument
            .Read("evidence.md")
            .Split('\n')
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length > 8 && cells[1].StartsWith('`'))
            .Select(cells => (Name: cells[1].Trim('`'), Figure: cells[8]))
            .Where(row => double.TryParse(row.Figure, CultureInfo.InvariantCulture, out _))
            .ToDictionary(row => row.Name, row => double.Parse(row.Figure, CultureInfo.InvariantCulture), StringComparer.Ordinal);

    [Fact]
    public void ClaimedMinEntropy_OfEverySourceInTheTable_IsAtMostAnEighthOfItsFigure()
    {
        var claims = CatalogSources.All().Select(source => source.Info).Where(info => info.ClaimedMinEntropy > 0).ToList();

        Assert.All(
            claims.Where(info => Assessed.ContainsKey(info.Name)),
            info => Assert.InRange(info.ClaimedMinEntropy, 0, (Share * (Assessed[info.Name] + Rounding)))
        );
        Assert.InRange(
            Assessed.Keys.Intersect(claims.Select(info => info.Name), StringComparer.Ordinal).Count(),
            claims.Count - 3,
            claims.Count
        );
    }
}
