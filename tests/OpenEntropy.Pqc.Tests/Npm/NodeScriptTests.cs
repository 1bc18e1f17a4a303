using System.Text.Json;
using Xunit;
using Xunit.Sdk;

namespace OpenEntropy.Pqc.Tests.Npm;

public class NodeScriptTests
{
    [NpmFact]
    public async Task AskAsync_ManyLines_AreAnsweredInOrder()
    {
        using var script = new NodeScript("echo.mjs");
        for (var length = 0; length < 200; length++)
        {
            var data = Enumerable.Range(length, length * 37).Select(value => (byte)value).ToArray();
            var answer = await script.AskAsync(new { data });

            Assert.Equal(data, answer.GetProperty("same").GetBytesFromBase64());
            Assert.Equal(data.Length, answer.GetProperty("length").GetInt32());
        }
    }

    // A failure inside Node must fail the test that asked.
    [NpmFact]
    public async Task AskAsync_ScriptThrows_FailsAndGoesOn()
    {
        using var script = new NodeScript("echo.mjs");

        var failure = await Assert.ThrowsAsync<XunitException>(() => script.AskAsync(new { fail = "as told" }));
        Assert.Contains("as told", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await script.AskAsync(new { data = new byte[1] })).GetProperty("length").GetInt32());
    }

    [NpmFact]
    public async Task AskAsync_NoSuchScript_FailsWithWhatNodeSaid()
    {
        using var script = new NodeScript("missing.mjs");

        var failure = await Assert.ThrowsAsync<XunitException>(() => script.AskAsync(new { data = Array.Empty<byte>() }));
        Assert.Contains("missing.mjs", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Cannot find module", failure.Message, StringComparison.Ordinal);
    }

    [NewerNodeTheory]
    [InlineData(3, 5)]
    public async Task AskAsync_NewerNode_IsBuiltOnAnOpenSslThatKnowsTheAlgorithms(int major, int minor)
    {
        using var script = new NodeScript("echo.mjs", NpmFolder.NewerNode);
        var version = (await script.AskAsync(new { data = Array.Empty<byte>() })).GetProperty("version");

        Assert.Equal(JsonValueKind.String, version.ValueKind);
        Assert.True(Version.Parse(version.GetString()!.Split('+', '-')[0]) >= new Version(major, minor));
    }
}
