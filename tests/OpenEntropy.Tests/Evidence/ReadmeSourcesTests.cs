using System.Text.RegularExpressions;
using OpenEntropy.Evidence.Documents;
using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Evidence;

public sealed partial class ReadmeSourcesTests
{
    private const string Heading = "## The noise sources";

    [Fact]
    public void ReadmesTable_NamesEverySourceOfTheCatalogInItsCategory()
    {
        var table = EmbeddedDocument.Section(EmbeddedDocument.Read("README.md"), Heading).Where(line => line.StartsWith('|'));

        Assert.Equal(
            CatalogSources
                .All()
                .Select(source => $"{SourceSelection.CategoryName(source.Info.Category)}: {source.Info.Name}")
                .Order(StringComparer.Ordinal),
            table.SelectMany(Sources).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Sources_OfARow_AreItsNamesWithThoseOfPartsMadeWhole() =>
        Assert.Equal(
            [
                "hardware: disk_io",
                "hardware: hardware_trng.rdseed",
                "hardware: hardware_trng.hwrng",
                "hardware: hardware_trng.tpm",
                "hardware: audio_noise",
            ],
            Sources("| hardware | `disk_io` `hardware_trng.rdseed` | (where there is one) `.hwrng` `.tpm` `audio_noise` |")
        );

    /// <summary>The sources that a row names, each with the category in its first cell; none of the head and the line below it.</summary>
    private static IEnumerable<string> Sources(string row)
    {
        var category = row.Split('|')[1].Trim();
        var whole = "";
        foreach (Match match in Name().Matches(row))
        {
            var name = match.Groups["name"].Value;
            var part = name.IndexOf('.', StringComparison.Ordinal);
            if (part > 0)
                whole = name[..part];
            yield return $"{category}: {(part == 0 ? whole + name : name)}";
        }
    }

    [GeneratedRegex("`(?<name>[a-z0-9_.]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
