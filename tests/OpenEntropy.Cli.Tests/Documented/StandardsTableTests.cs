using System.Text.RegularExpressions;
using Xunit;

namespace OpenEntropy.Cli.Tests.Documented;

/// <summary>The table of docs/hostile.md names tests that there are.</summary>
public sealed partial class StandardsTableTests
{
    private const int Rows = 20;

    private static readonly string[] s_rows =
    [
        .. File.ReadLines(Path.Combine(Tree.Root, "docs", "hostile.md")).Where(line => Row().IsMatch(line)),
    ];

    [Fact]
    public void Rows_OfTheTable_AreAllOfTheList() =>
        Assert.Equal(Enumerable.Range(1, Rows), s_rows.Select(row => int.Parse(Row().Match(row).Groups["number"].Value)));

    [Fact]
    public void Tests_OfEveryRow_AreThere()
    {
        var methods = Tree.Files("tests", "*Tests.cs")
            .SelectMany(path =>
                Method()
                    .Matches(File.ReadAllText(path))
                    .Select(each => $"{Path.GetFileNameWithoutExtension(path)}.{each.Groups["name"].Value}")
            )
            .ToHashSet(StringComparer.Ordinal);

        Assert.All(s_rows, row => Assert.NotEmpty(Named().Matches(row)));
        Assert.Empty(s_rows.SelectMany(row => Named().Matches(row).Select(each => each.Groups["test"].Value)).Except(methods));
    }

    [GeneratedRegex(@"^\| (?<number>[0-9]+) \|", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(?<test>\w+Tests\.\w+)`", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Named();

    // What xunit runs: an attribute of a fact or a theory, of whatever condition, before a public method.
    [GeneratedRegex(
        @"\[\w*(Fact|Theory)\w*(\([^)]*\))?\].*?\bpublic (async Task|void) (?<name>\w+)\(",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        60_000
    )]
    private static partial Regex Method();
}
