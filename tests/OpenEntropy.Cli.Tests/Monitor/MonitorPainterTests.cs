using System.Text;
using OpenEntropy.Cli.Monitor;
using OpenEntropy.Cli.Monitor.Feeds;
using OpenEntropy.Cli.Monitor.Keys;
using OpenEntropy.Cli.Monitor.Painting;
using Xunit;

namespace OpenEntropy.Cli.Tests.Monitor;

/// <summary>Whole screens as text, of every size.</summary>
public sealed class MonitorPainterTests
{
    private const string Why =
        "raw samples are not served here: the operator allows them with OpenEntropy:Randomness:AllowRaw=true or --allow-raw";

    [Theory]
    [InlineData(20, 5)]
    [InlineData(40, 12)]
    [InlineData(80, 24)]
    [InlineData(200, 60)]
    public void Paint_ARunningService_IsTheSnapshot(int width, int height)
    {
        Snapshot.AssertIs($"running-{width}x{height}", Paint(Running(), width, height));
    }

    [Fact]
    public void Paint_WithoutUnicode_IsAscii()
    {
        var text = Text(MonitorPainter.Paint(Running(), 80, 24, Glyphs.Ascii));

        Assert.True(Ascii.IsValid(text));
        Snapshot.AssertIs("ascii-80x24", text);
    }

    [Theory]
    [InlineData(20, 5)]
    [InlineData(80, 24)]
    public void Paint_Help_IsTheSnapshot(int width, int height)
    {
        var model = Running();
        model.Press(MonitorKey.Help);
        Snapshot.AssertIs($"help-{width}x{height}", Paint(model, width, height));
    }

    [Theory]
    [InlineData(20, 5)]
    [InlineData(80, 24)]
    public void Paint_NoAnswer_IsTheSnapshot(int width, int height)
    {
        var model = Running();
        model.Fail("connection refused", TimeSpan.FromSeconds(14));
        Snapshot.AssertIs($"no-answer-{width}x{height}", Paint(model, width, height));
    }

    [Fact]
    public void Paint_APrivateSource_SaysWhyThereIsNoHistogram()
    {
        var model = Running();
        model.Press(MonitorKey.Down);
        model.Press(MonitorKey.Down);
        model.Press(MonitorKey.Down);

        var text = Flat(Paint(model, 100, 30));
        Assert.Contains("camera_noise unavailable", text, StringComparison.Ordinal);
        Assert.Contains("its samples may tell of people", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Paint_RawNotAllowed_SaysSoAndGraphsTheServicesFigures()
    {
        var model = new MonitorModel("http://127.0.0.1:8042");
        model.Take(Scripted.Reading(), default);
        model.Take("sleep_jitter", new RawSamples(default, Why, IsForbidden: true));

        var text = Flat(Paint(model, 160, 40));
        Assert.Contains("no histogram", text, StringComparison.Ordinal);
        Assert.Contains(Why, text, StringComparison.Ordinal);
        Assert.Contains("Shannon; latest samples", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Paint_ASourceTooSlow_SaysWhatItWasRefusedWith()
    {
        var model = new MonitorModel("test");
        model.Take(Scripted.Reading(), default);
        Assert.Contains("asked for and have not come yet", Flat(Paint(model, 160, 40)), StringComparison.Ordinal);

        model.Take("sleep_jitter", new RawSamples(default, "the source gave too few samples in time", IsSlow: true));
        Assert.Contains("the source gave too few samples in time", Flat(Paint(model, 160, 40)), StringComparison.Ordinal);
    }

    [Fact]
    public void Paint_BeforeTheFirstFigures_SaysSo()
    {
        var text = Paint(new MonitorModel("test"), 80, 24);

        Assert.Contains("no figures yet", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Paint_EverySize_IsOfThatSizeAndDoesNotThrow(bool help)
    {
        var model = Running();
        model.Fail("connection refused", TimeSpan.FromSeconds(14));
        if (help)
            model.Press(MonitorKey.Help);
        int[] sizes = [-1, 0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 17, 20, 25, 39, 40, 71, 72, 73, 131, 300];
        foreach (var width in sizes)
        {
            foreach (var height in sizes)
            {
                var grid = MonitorPainter.Paint(model, width, height, Glyphs.Unicode);
                Assert.Equal((Math.Max(0, width), Math.Max(0, height)), (grid.Width, grid.Height));
            }
        }

        Assert.Equal(1000, MonitorPainter.Paint(model, 5000, 1000, Glyphs.Unicode).Height);
    }

    [Fact]
    public void Paint_TextWithControlAndWideCharacters_HasNoneOfThem()
    {
        var model = new MonitorModel("test");
        var hostile = Scripted.Source("x\e[2J\n\u009B31m日本\u202Ee\u0301\u200B") with
        {
            Mechanism = "\e]0;title\a",
            Reason = "\r\n\0\u00AD😀",
        };
        model.Take(new MonitorReading(Scripted.Pool(), [hostile]), default);

        var text = Paint(model, 100, 20).ReplaceLineEndings("");
        Assert.Contains("x?[2J", text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            text,
            character =>
                char.IsControl(character)
                || char.IsSurrogate(character)
                || character is '日' or '\u202E' or '\u0301' or '\u200B' or '\u00AD'
        );
    }

    [Fact]
    public void Paint_AList_LongerThanTheScreen_ShowsTheChosen()
    {
        var model = new MonitorModel("test");
        var many = Enumerable.Range(0, 100).Select(i => Scripted.Source($"source_{i}")).ToList();
        model.Take(new MonitorReading(Scripted.Pool(), many), default);
        for (var i = 0; i < many.Count; i++)
        {
            Assert.Contains($"▸● source_{i} ", Paint(model, 80, 24), StringComparison.Ordinal);
            model.Press(MonitorKey.Down);
        }
    }

    [Fact]
    public void Paint_States_AreToldByWordsAndInk()
    {
        var grid = MonitorPainter.Paint(Running(), 200, 60, Glyphs.Unicode);
        var lines = Text(grid).Split('\n');
        var inks = new Dictionary<string, Ink>(StringComparer.Ordinal);
        foreach (var state in new[] { "starting", "disabled", "unavailable", "permanently failed" })
        {
            var row = Array.FindIndex(lines, line => line[..40].Contains(state, StringComparison.Ordinal));
            inks[state] = grid.Inks(row)[lines[row].IndexOf(state, StringComparison.Ordinal)];
        }

        Assert.Equal([Ink.Warning, Ink.Dim, Ink.Dim, Ink.Bad], inks.Values);
    }

    /// <summary>A service that was read twice, two seconds apart, and whose first source gave raw samples.</summary>
    private static MonitorModel Running()
    {
        var model = new MonitorModel("http://127.0.0.1:8042");
        model.Take(Scripted.Reading(uptime: 3598), default);
        model.Take(Scripted.Reading(uptime: 3600, output: 24_600_000), TimeSpan.FromSeconds(2));
        for (var i = 0; i < 12; i++)
            model.Take("sleep_jitter", Scripted.Samples(64 << Math.Min(i, 4)));
        return model;
    }

    private static string Paint(MonitorModel model, int width, int height) =>
        Text(MonitorPainter.Paint(model, width, height, Glyphs.Unicode));

    private static string Text(CellGrid grid)
    {
        var text = new StringBuilder();
        for (var row = 0; row < grid.Height; row++)
            text.Append(grid.Text(row)).Append('\n');
        return text.ToString();
    }

    /// <summary>The right-hand column in one line, with single spaces, so that wrapped sentences are found.</summary>
    private static string Flat(string screen)
    {
        var lines = screen.Split('\n').Select(line => line[(line.IndexOf('│', StringComparison.Ordinal) + 1)..].Trim('│', ' '));
        return string.Join(' ', lines);
    }
}
