using System.Text.Json;
using OpenEntropy.Server.Tests.Randomness;
using Xunit;

namespace OpenEntropy.Server.Tests.Values;

/// <summary>UUIDs that hold the time are proven without knowing when they were asked for.</summary>
public sealed class UuidProofTests : ScriptedPoolTests
{
    [Fact]
    public async Task Uuids_Version7_AreComputedAgainFromTheAnswerAlone()
    {
        await using var host = await RandomHost.StartAsync(Pool);

        using var answer = JsonDocument.Parse(await host.Client.GetStringAsync("/api/v1/uuids?version=7&count=40&proof=true"));

        var root = answer.RootElement;
        Assert.Equal(
            "success type count version time conditioned quality proof data",
            string.Join(' ', root.EnumerateObject().Select(member => member.Name))
        );
        Assert.Equal("uuids7/1", root.GetProperty("proof").GetProperty("mapping").GetString());
        var replay = new ProofReplay(Convert.FromHexString(root.GetProperty("proof").GetProperty("bytes").GetString()!));
        Assert.Equal(
            replay.Uuids7(root.GetProperty("time").GetInt64(), root.GetProperty("count").GetInt32()),
            root.GetProperty("data").EnumerateArray().Select(uuid => uuid.GetString()!)
        );
        Assert.True(replay.AtEnd);
    }
}
