using System.Net;
using OpenEntropy.Server.Tests.Faults;
using Xunit;

namespace OpenEntropy.Server.Tests.Sources;

/// <summary>What nobody wants to be running unasked, and who may ask. A target of loopback makes an opt-in source that every machine has.</summary>
public sealed class OptInTests
{
    private const string OptIn = "tcp_connect_timing";
    private static readonly (string, string) s_target = ("OpenEntropy:Sources:Settings:tcp_connect_timing:Target", "127.0.0.1:9");

    [Fact]
    public async Task Post_EnableOfWhatTheConfigurationNamesNowhere_IsRefusedWithTheKey()
    {
        await using var factory = new ServerFactory(s_target);
        using var client = factory.CreateClient();

        foreach (var name in new[] { OptIn, "audio_noise", "camera_noise", "hid_timing", "bluetooth_noise" })
        {
            var (status, message) = await EnableAsync(client, name);

            Assert.Equal(HttpStatusCode.Conflict, status);
            Assert.Contains(
                $"{name} is opt-in and was not asked for: name it in OpenEntropy:Sources:MayEnable",
                message,
                StringComparison.Ordinal
            );
            Assert.Contains($"Source {name}: enable asked by an operator: refused: ", factory.Logs.Text, StringComparison.Ordinal);
        }

        Assert.Equal("disabled", (await client.SourceAsync(OptIn)).Text("state"));
        Assert.Equal(HttpStatusCode.OK, (await EnableAsync(client, "os_rng")).Status);
    }

    [Theory]
    [InlineData("OpenEntropy:Sources:MayEnable", "hid_timing,tcp_*")]
    [InlineData("OpenEntropy:Sources:Enabled", "clock_jitter,tcp_connect_timing")]
    public async Task Post_EnableOfWhatTheConfigurationNames_IsDone(string key, string value)
    {
        await using var factory = new ServerFactory(s_target, (key, value));
        using var client = factory.CreateClient();
        using var off = await client.PostAsync(new Uri($"/sources/{OptIn}/disable", UriKind.Relative), content: null);

        Assert.Equal(HttpStatusCode.OK, (await EnableAsync(client, OptIn)).Status);
        Assert.NotEqual("disabled", (await client.SourceAsync(OptIn)).Text("state"));
        Assert.DoesNotContain("switches on what listens", factory.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_Glob_WarnsOfWhatItTookAlong()
    {
        await using var factory = new ServerFactory(s_target, ("OpenEntropy:Sources:Enabled", "tcp_*"));
        using var client = factory.CreateClient();

        await ServerFactory.UntilAsync(() =>
            Task.FromResult(
                factory.Logs.Text.Contains(
                    "A glob or all in OpenEntropy:Sources:Enabled switches on what listens, watches or talks to the world: tcp_connect_timing",
                    StringComparison.Ordinal
                )
            )
        );
        Assert.NotEqual("disabled", (await client.SourceAsync(OptIn)).Text("state"));
    }

    [Fact]
    public async Task Start_Category_LeavesThemOut()
    {
        await using var factory = new ServerFactory(s_target, ("OpenEntropy:Sources:Enabled", "clock_jitter,network"));
        using var client = factory.CreateClient();

        Assert.Equal("disabled", (await client.SourceAsync(OptIn)).Text("state"));
    }

    private static async Task<(HttpStatusCode Status, string Message)> EnableAsync(HttpClient client, string name)
    {
        using var answer = await client.PostAsync(new Uri($"/sources/{name}/enable", UriKind.Relative), content: null);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
