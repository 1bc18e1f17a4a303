using System.Globalization;
using OpenEntropy.Evidence.Documents;
using OpenEntropy.Evidence.Tables;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Noise;
using Xunit;

namespace OpenEntropy.Tests.Evidence;

/// <summary>The latest table of assessments: that it was generated, and what its figures say of the claims.</summary>
public sealed class EvidenceDocumentTests
{
    private const double Share = 1.0 / 8;

    /// <summary>The document rounds figures to three places.</summary>
    private const double Rounding = 0.0005;

    /// <summary>The first words of what is noted of a figure that takes from a claim.</summary>
    private static readonly string[] s_excesses = [EvidenceRow.Excess(1, 4)!, EvidenceRow.Excess(1, 1)!];

    private static IReadOnlyList<string> Lines { get; } =
    [
        .. EmbeddedDocument
            .Read("evidence.md")
            .Split('\n')
            .SkipWhile(line => !line.Contains("| assessed |", StringComparison.Ordinal))
            .TakeWhile(line => line.Length > 0)
            .Skip(2),
    ];

    private static IReadOnlyDictionary<string, NoiseSourceInfo> Infos { get; } =
        CatalogSources.All().ToDictionary(source => source.Info.Name, source => source.Info, StringComparer.Ordinal);

    private static Dictionary<string, double> Assessed { get; } =
        Lines
            .Select(Row.Of)
            .Where(row => row.Assessed is not null)
            .ToDictionary(row => row.Name, row => row.Assessed!.Value, StringComparer.Ordinal);

    [Fact]
    public void ClaimedMinEntropy_OfEverySourceInTheTable_IsAtMostAnEighthOfItsFigure() =>
        Assert.All(
            Assessed.Where(row => Infos[row.Key].ClaimedMinEntropy > 0),
            row => Assert.InRange(Infos[row.Key].ClaimedMinEntropy, 0, Share * (row.Value + Rounding))
        );

    [Fact]
    public void Table_OfEverySourceThatIsCredited_HasItsFigure()
    {
        var without = Infos.Values.Where(info => info.ClaimedMinEntropy > 0 && !Assessed.ContainsKey(info.Name)).Select(info => info.Name);

        Assert.Empty(without);
    }

    [Fact]
    public void Figures_OfTheTable_AreNoLowerThanTheLowestThatTheClaimsRestOn()
    {
        var lower = Assessed
            .Where(row => ClaimTests.Figures.Contains(row.Key) && row.Value + Rounding < ClaimTests.Figures[row.Key].Min())
            .Select(row => $"{row.Key} {row.Value}");

        Assert.Empty(lower);
    }

    [Fact]
    public void Rows_OfTheTable_HaveTheGeneratorsForm()
    {
        Assert.NotEmpty(Lines);
        var others = Lines.Where(line => line != $"| {string.Join(" | ", Row.Of(line).Cells)} |");

        Assert.Empty(others);
    }

    [Fact]
    public void Rows_OfTheTable_AreOfSourcesThatThereAreInTheirOrder() =>
        Assert.Equal(
            Infos.Keys.Where(name => Lines.Any(line => Row.Of(line).Name == name)),
            Lines.Select(line => Row.Of(line).Name),
            StringComparer.Ordinal
        );

    /// <summary>Some sources claim less on other machines: the document is of a virtual machine.</summary>
    [VirtualMachineFact]
    public void Rows_OfTheTable_FollowFromTheCatalogAndTheirOwnFigures() => Assert.All(Lines.Select(Row.Of), AssertFollows);

    private static void AssertFollows(Row row)
    {
        var info = Infos[row.Name];
        Assert.Equal(
            ($"`{info.Name}`", SourceSelection.CategoryName(info.Category), CatalogSources.Claim(info.ClaimedMinEntropy)),
            (row.Cells[0], row.Cells[1], row.Cells[2])
        );

        // What was computed from the figures before these were rounded.
        var rate = double.Parse(row.Cells[4], NumberStyles.Number, CultureInfo.InvariantCulture);
        var milliseconds = double.Parse(row.Cells[5], CultureInfo.InvariantCulture);
        Assert.InRange(milliseconds, (Milliseconds(rate + 0.5)) - 0.05, Milliseconds(rate - 0.5) + 0.05);
        Assert.Equal(EvidenceTable.Speed(milliseconds), row.Cells[6]);
        string[] shares = [.. row.WithinRounding().Select(figure => EvidenceTable.Share(info.ClaimedMinEntropy, figure))];
        Assert.Contains(row.Cells[8], shares);
        string?[] excesses = [.. row.WithinRounding().Select(figure => EvidenceRow.Excess(info.ClaimedMinEntropy, figure))];
        Assert.Contains(s_excesses.FirstOrDefault(text => row.Cells[10].Contains(text, StringComparison.Ordinal)), excesses);
        Assert.Equal(row.Assessed is null, row.Cells[10].Contains("not assessed: ", StringComparison.Ordinal));
    }

    private static double Milliseconds(double rate) => rate > 0 ? ContinuousTests.StartupSamples / rate * 1000 : double.PositiveInfinity;

    /// <summary>A row of the table.</summary>
    /// <param name="Cells">What stands between its bars.</param>
    private sealed record Row(IReadOnlyList<string> Cells)
    {
        private const int Columns = 11;
        private const string None = "–";

        public string Name => Cells[0].Trim('`');

        public double? Assessed => Cells[7] == None ? null : double.Parse(Cells[7], CultureInfo.InvariantCulture);

        public static Row Of(string line)
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries)[1..^1];
            Assert.Equal(Columns, cells.Length);
            return new Row(cells);
        }

        /// <summary>What the figure may have been before it was rounded.</summary>
        public IEnumerable<double?> WithinRounding() =>
            Assessed is { } figure ? [Math.Max(0, figure - Rounding), figure, figure + Rounding] : [null];
    }
}
