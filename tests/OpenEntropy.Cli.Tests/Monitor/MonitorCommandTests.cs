using OpenEntropy.Cli.Running;
using Xunit;

namespace OpenEntropy.Cli.Tests.Monitor;

/// <summary>Command lines that are refused before anything starts.</summary>
public sealed class MonitorCommandTests
{
    [Fact]
    public void Run_OutputThatIsNoTerminal_IsOneLine()
    {
        var run = RunOf.Program(null, "monitor");

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Equal($"openentropy: monitor needs a terminal as standard input and output.{Environment.NewLine}", run.Error);
        Assert.Empty(run.Out);
    }

    [Theory]
    [InlineData("--refresh", "0", "--refresh is 0, and can be 0.1 to 60.")]
    [InlineData("--refresh", "-1", "--refresh is -1, and can be 0.1 to 60.")]
    [InlineData("--refresh", "0.09", "--refresh is 0.09, and can be 0.1 to 60.")]
    [InlineData("--refresh", "61", "--refresh is 61, and can be 0.1 to 60.")]
    [InlineData("--refresh", "NaN", "--refresh is NaN, and can be 0.1 to 60.")]
    [InlineData("--refresh", "often", "--refresh is often, and can be 0.1 to 60.")]
    [InlineData("--url", "127.0.0.1:8042", "--url is '127.0.0.1:8042', and can be an address such as http://127.0.0.1:8042.")]
    [InlineData("--url", "file:///etc/passwd", "--url is 'file:///etc/passwd', and can be an address such as http://127.0.0.1:8042.")]
    [InlineData("--url", "http://me:secret@127.0.0.1/", "--url is ")]
    [InlineData("--url", "http://127.0.0.1/?select=all", "--url is ")]
    [InlineData("--sources", "sleep_jiter", "--sources is 'sleep_jiter': ")]
    public void Run_AValueThatCannotBe_IsNamedWithWhatCan(string option, string value, string line)
    {
        var run = RunOf.Program(null, "monitor", option, value);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.StartsWith($"openentropy: {line}", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length); // the second tells of --help
    }
}
