using System.Text.RegularExpressions;
using Xunit;

namespace OpenEntropy.Cli.Tests.Documented;

/// <summary>The tables of docs/hostile.md and SECURITY.md name tests that there are.</summary>
public sealed partial class StandardsTableTests
{
    private const int Rows = 20;
    private const string Attackers = "| attacker | can | cannot, and the test that shows it |";

    private static readonly Lazy<HashSet<string>> s_tests = new(() =>
        Tree.Files("tests", "*Tests.cs")
            .SelectMany(path =>
                Method()
                    .Matches(File.ReadAllText(path))
                    .Select(each => $"{Path.GetFileNameWithoutExtension(path)}.{each.Groups["name"].Value}")
            )
            .ToHashSet(StringComparer.Ordinal)
    );

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
        Assert.All(s_rows, row => Assert.NotEmpty(Named().Matches(row)));
        Assert.Empty(s_rows.SelectMany(Methods).Except(s_tests.Value));
    }

    [Fact]
    public void Tests_OfEveryAttacker_AreThere()
    {
        var rows = File.ReadLines(Path.Combine(Tree.Root, "SECURITY.md"))
            .SkipWhile(line => line != Attackers)
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'));
        var cells = rows.Select(row => row.Split('|')).ToDictionary(row => row[1].Trim(), row => row[3], StringComparer.Ordinal);
        var classes = s_tests.Value.Select(test => test.Split('.')[0]).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(9, cells.Count);
        Assert.Empty(cells.Values.SelectMany(Methods).Except(s_tests.Value));
        Assert.Empty(cells.Values.SelectMany(cell => Class().Matches(cell).Select(each => each.Groups["test"].Value)).Except(classes));

        // Against root nothing is promised, and what is said of the supply chain is shown by scripts.
        Assert.Equal(
            ["root, the kernel, the hypervisor, the firmware", "the supply chain"],
            cells.Where(cell => !Class().IsMatch(cell.Value) && !Named().IsMatch(cell.Value)).Select(cell => cell.Key)
        );
        Assert.All(
            Script().Matches(cells["the supply chain"]),
            script => Assert.True(File.Exists(Path.Combine(Tree.Root, script.Groups["path"].Value)))
        );
    }

    private static IEnumerable<string> Methods(string row) => Named().Matches(row).Select(each => each.Groups["test"].Value);

    [GeneratedRegex(@"`(?<test>\w+Tests)`", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Class();

    [GeneratedRegex(@"`(?<path>\.ci/[\w-]+)`", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Script();

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
