using System.Text;
using OpenEntropy.Cli.Running;
using OpenEntropy.Cli.Services;
using OpenEntropy.Cli.Tests.Monitor;
using Xunit;
using ExitCodes = OpenEntropy.Cli.Running.ExitCodes;

namespace OpenEntropy.Cli.Tests.Services;

/// <summary>Whatever answers, a command that asks it ends with one sentence.</summary>
public sealed class ServiceClientTests
{
    [Theory]
    [InlineData(404, "Not found")]
    [InlineData(500, "{\"message\":7}")]
    [InlineData(500, "{\"message\":\"\\ud800\"}")]
    public async Task AskAsync_RefusalWithoutASentence_TellsItsStatus(int status, string body)
    {
        await using var service = new StubService(_ => (status, Encoding.UTF8.GetBytes(body)));
        using var client = new ServiceClient(service.Address, TimeSpan.FromSeconds(60));

        var exception = await Assert.ThrowsAsync<CommandFailureException>(() =>
            client.AskAsync(HttpMethod.Get, "self-tests", ServiceClient.Json.SelfTestListBody, CancellationToken.None)
        );

        Assert.Equal($"{client.Subject} refuses: it answered with status {status}.", exception.Message);
        Assert.Equal(ExitCodes.Unavailable, exception.ExitCode);
    }
}
