using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Running;
using OpenEntropy.Cli.Trials;
using Xunit;

namespace OpenEntropy.Cli.Tests.Trials;

public sealed class TrialFiguresTests
{
    [Theory]
    [InlineData(0, "")]
    [InlineData(double.PositiveInfinity, "")]
    [InlineData(0.4567, "0.46")]
    [InlineData(45.678, "45.7")]
    [InlineData(1_234, "1,230")]
    [InlineData(12_345_678, "12,300,000")]
    public void Rate_OfAnySize_HasThreeDigitsAtMost(double perSecond, string text) => Assert.Equal(text, TrialFigures.Rate(perSecond));

    [Fact]
    public void Show_MoreThanTheTerminalHas_IsCut()
    {
        using var error = new StringWriter();
        var progress = new ProgressLine(
            new CommandConsole(() => Stream.Null, () => Stream.Null, error, ShowsProgress: true) { ProgressWidth = 20 }
        );

        progress.Show(new string('x', 50));
        progress.Show("done");
        progress.Clear();

        Assert.Equal("\r" + new string('x', 19) + "\r" + "done".PadRight(19) + "\r" + "    " + "\r", error.ToString());
    }
}
