using OpenEntropy.Server.Hosting;
using Xunit;

namespace OpenEntropy.Server.Tests.Hosting;

public sealed class CommandLineTests
{
    [Fact]
    public void Parse_ShortOptions_BecomeTheirKeys()
    {
        var commandLine = CommandLine.Parse(
            ["--port", "9000", "--host=0.0.0.0", "--sources", "timing,disk_io", "--allow-raw", "--config", "x.json"],
            out _
        );

        Assert.Equal("x.json", commandLine?.ConfigurationFile);
        Assert.Equal(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["OpenEntropy:Server:Port"] = "9000",
                ["OpenEntropy:Server:Host"] = "0.0.0.0",
                ["OpenEntropy:Sources:Enabled"] = "timing,disk_io",
                ["OpenEntropy:Randomness:AllowRaw"] = "true",
            },
            commandLine?.Settings
        );
    }

    [Fact]
    public void Parse_Keys_ArePassedThrough()
    {
        var commandLine = CommandLine.Parse(
            ["--OpenEntropy:Pool:Capacity=64", "--Kestrel:Endpoints:A:Url", "https://*:1", "--urls=http://*:2"],
            out _
        );

        Assert.Equal("64", commandLine?.Settings["OpenEntropy:Pool:Capacity"]);
        Assert.Equal("https://*:1", commandLine?.Settings["Kestrel:Endpoints:A:Url"]);
        Assert.Equal("http://*:2", commandLine?.Settings["urls"]);
    }

    [Fact]
    public void Parse_AllowRawFalse_OverridesWhatTheEnvironmentSays() =>
        Assert.Equal("false", CommandLine.Parse(["--allow-raw=false"], out _)?.Settings["OpenEntropy:Randomness:AllowRaw"]);

    [Fact]
    public void Parse_DevelopmentCertificate_IsTheKeyOfTheServer() =>
        Assert.Equal("true", CommandLine.Parse(["--dev-certificate"], out _)?.Settings["OpenEntropy:Server:DevelopmentCertificate"]);

    [Fact]
    public void Parse_OnlyOneOption_LeavesTheOthersAlone() =>
        Assert.Equal(["OpenEntropy:Server:Port"], CommandLine.Parse(["--port=1"], out _)?.Settings.Keys);

    [Fact]
    public void Parse_Nothing_OverridesNothing()
    {
        var commandLine = CommandLine.Parse([], out var exitCode);

        Assert.NotNull(commandLine);
        Assert.Empty(commandLine.Settings);
        Assert.Equal(0, exitCode);
    }

    [Theory]
    [InlineData("--prot", "9000")]
    [InlineData("serve")]
    [InlineData("--port")]
    [InlineData("--port", "1", "--port", "2")]
    [InlineData("--OpenEntropy:Pool:Capacity")]
    [InlineData("--Other:Key=1")]
    [InlineData("--allow-raw=maybe")]
    [InlineData("--port", "1", "--OpenEntropy:Server:Port=2")]
    [InlineData("--openentropy:server:host=::1", "--host=::1")]
    public void Parse_NotUnderstood_ExitsWithTwo(params string[] args)
    {
        Assert.Null(CommandLine.Parse(args, out var exitCode));
        Assert.Equal(2, exitCode);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--version")]
    public void Parse_Asked_AnswersAndExitsWithZero(string argument)
    {
        Assert.Null(CommandLine.Parse([argument], out var exitCode));
        Assert.Equal(0, exitCode);
    }
}
