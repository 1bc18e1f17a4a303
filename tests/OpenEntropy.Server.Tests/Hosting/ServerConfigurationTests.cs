using Microsoft.Extensions.Configuration;
using OpenEntropy.Server.Hosting;
using Xunit;

namespace OpenEntropy.Server.Tests.Hosting;

public sealed class ServerConfigurationTests : IDisposable
{
    private readonly string _file = Path.Combine(AppContext.BaseDirectory, $"{nameof(ServerConfigurationTests)}.json");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Fill_FileAndCommandLine_TheCommandLineHasTheLastWord()
    {
        File.WriteAllText(_file, """{"OpenEntropy":{"Server":{"Port":1,"Host":"::1"}}}""");

        var configuration = Fill(
            new CommandLine(new Dictionary<string, string?>(StringComparer.Ordinal) { ["OpenEntropy:Server:Port"] = "2" }, _file)
        );

        Assert.Equal("2", configuration["OpenEntropy:Server:Port"]);
        Assert.Equal("::1", configuration["OpenEntropy:Server:Host"]);
        Assert.Equal("http://[::1]:2", ServerSettings.Read(configuration).Server.Url);
    }

    [Fact]
    public void Fill_NoSuchFile_NamesIt()
    {
        var failure = Assert.Throws<StartFailedException>(() =>
            Fill(new CommandLine(new Dictionary<string, string?>(StringComparer.Ordinal), _file))
        );

        Assert.Contains(_file, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fill_Directory_SaysSo()
    {
        var failure = Assert.Throws<StartFailedException>(() =>
            Fill(new CommandLine(new Dictionary<string, string?>(StringComparer.Ordinal), AppContext.BaseDirectory))
        );

        Assert.Contains("is a directory", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fill_NotJson_NamesTheFile()
    {
        File.WriteAllText(_file, "port: 1");

        var failure = Assert.Throws<StartFailedException>(() =>
            Fill(new CommandLine(new Dictionary<string, string?>(StringComparer.Ordinal), _file))
        );

        Assert.Contains(_file, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", failure.Message, StringComparison.Ordinal);
    }

    private static ConfigurationManager Fill(CommandLine commandLine)
    {
        var configuration = new ConfigurationManager();
        ServerConfiguration.Fill(configuration, commandLine);
        return configuration;
    }
}
