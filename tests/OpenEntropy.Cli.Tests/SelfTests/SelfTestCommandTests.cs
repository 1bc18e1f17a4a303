using System.Text;
using System.Text.Json;
using OpenEntropy.Cli.Tests.Monitor;
using Xunit;
using ExitCodes = OpenEntropy.Cli.Running.ExitCodes;

namespace OpenEntropy.Cli.Tests.SelfTests;

public sealed class SelfTestCommandTests
{
    [Fact]
    public void Here_EveryTestPasses()
    {
        var run = RunOf.Program(null, "self-test", "--json");

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Error));
        using var document = JsonDocument.Parse(run.Out);
        Assert.True(document.RootElement.GetProperty("passed").GetBoolean());
        var tests = document.RootElement.GetProperty("tests").EnumerateArray().ToList();
        Assert.All(tests, test => Assert.Equal("passed", test.GetProperty("outcome").GetString()));
        Assert.Contains(tests, test => test.GetProperty("name").GetString() == "ctr-drbg");
        Assert.Contains(tests, test => test.GetProperty("name").GetString() == "falcon-512");
    }

    [Fact]
    public async Task Service_OneFails_TheExitCodeSaysSo()
    {
        await using var service = new StubService(_ =>
            (
                200,
                Encoding.UTF8.GetBytes(
                    """{"passed":false,"tests":[{"name":"ctr-drbg","standard":"SP 800-90A","gates":"output","outcome":"failed","detail":"no","microseconds":1.5,"time":null}]}"""
                )
            )
        );

        var run = RunOf.Program(null, "self-test", "--url", service.Address.ToString());

        Assert.Equal((ExitCodes.Failed, ""), (run.ExitCode, run.Error));
        Assert.Equal(["POST /self-tests"], service.Asked);
        Assert.Contains("failed", run.Out, StringComparison.Ordinal);
    }
}
