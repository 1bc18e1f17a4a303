using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Running;
using Xunit;

namespace OpenEntropy.Cli.Tests.Display;

public sealed class PageTests
{
    [Fact]
    public void Render_ATableThatFits_HasAlignedColumnsAndNoTrailingSpace()
    {
        var page = new Page(Console(61));
        page.Heading("timing");
        page.Table(Sources());

        Assert.Equal(
            """
            timing
            name         state      rate  why
            clock_drift  healthy  12,345
            disk_io      failed        7  the disk gives no answer at all

            """,
            page.Render(),
            ignoreLineEndingDifferences: true
        );
    }

    [Fact]
    public void Render_ASentenceTooLongForItsColumn_IsBrokenOverLines()
    {
        var page = new Page(Console(55));
        page.Table(Sources());

        Assert.EndsWith("the disk gives no answer\n" + new string(' ', 30) + "at all\n", page.Render(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(31)]
    [InlineData(53)]
    public void Render_ATableThatDoesNotFit_IsShownRowByRowWithinTheWidth(int width)
    {
        var page = new Page(Console(width));
        page.Heading("a heading of some length for twenty columns");
        page.Table(Sources());
        page.Values(("state", "healthy"), ("a name of many letters", "a_value_without_any_space_in_it"));
        page.Line(new string('x', 100));

        var lines = page.Render().Split('\n');

        Assert.All(lines, line => Assert.InRange(line.Length, 0, Math.Max(width, 20)));
        Assert.Contains("clock_drift", lines);
        Assert.Contains("  state healthy", lines);
        Assert.Contains("  rate 12,345", lines);
        Assert.DoesNotContain(lines, line => line.TrimEnd() == "  why");
        Assert.Equal(100, string.Concat(lines).Count(letter => letter == 'x'));
    }

    [Fact]
    public void Render_Values_StandInTwoColumnsWithoutEmptyOnes()
    {
        var page = new Page(Console(80));
        page.Values(("state", "healthy"), ("reason", null), ("blocks available", "8 of 64"));

        Assert.Equal("state             healthy\nblocks available  8 of 64\n", page.Render());
    }

    [Fact]
    public void Render_WithoutAnything_IsEmpty()
    {
        var page = new Page(Console(80));
        page.Values();
        page.Table(new Table("name", "state"));

        Assert.Equal("name  state\n", page.Render());
    }

    [Fact]
    public void Render_Colours_AreThereOnlyWhereTheTerminalHasThem()
    {
        Assert.Contains("\e[", Coloured(hasColor: true), StringComparison.Ordinal);
        Assert.Equal("failed [red]\n", Coloured(hasColor: false));
    }

    [Fact]
    public void Render_ControlCharacters_DoNotReachTheTerminal()
    {
        var page = new Page(Console(80));
        page.Line("a\e[2J\u0007b\nc");

        Assert.Equal("a?[2J?b c\n", page.Render());
    }

    [Fact]
    public void Print_ToWhatCannotBeWritten_BreaksOff()
    {
        var page = new Page(Console(80) with { Out = () => throw new IOException("No space left on device") });
        page.Line("text");

        var failure = Assert.Throws<CommandFailureException>(page.Print);

        Assert.Equal((ExitCodes.BrokenOff, "Standard output: No space left on device"), (failure.ExitCode, failure.Message));
    }

    private static string Coloured(bool hasColor)
    {
        var page = new Page(Console(80) with { HasColor = hasColor });
        page.Line(new Cell("failed [red]", Tone.Bad));
        return page.Render();
    }

    private static Table Sources()
    {
        var table = new Table("name", "state", Column.Number("rate"), Column.Sentence("why"));
        table.Add("clock_drift", new Cell("healthy", Tone.Good), "12,345", "");
        table.Add("disk_io", new Cell("failed", Tone.Bad), "7", "the disk gives no answer at all");
        return table;
    }

    private static CommandConsole Console(int width) =>
        new(() => Stream.Null, () => Stream.Null, TextWriter.Null, ShowsProgress: false) { Width = width };
}
