using System.Net;
using System.Text.Json;
using Xunit;

namespace OpenEntropy.Server.Tests.Faults;

/// <summary>What a client asks of the service.</summary>
internal static class Door
{
    private static readonly string[] s_dialects = ["/?length=8", "/api/v1/random/?length=8", "/API/jsonI.php?length=8", "/v1/qrng/latest"];

    /// <summary>A body, whatever the status.</summary>
    public static async Task<(HttpStatusCode Status, JsonElement Body)> JsonAsync(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (answer.StatusCode, body.RootElement.Clone());
    }

    /// <summary>A source's entry.</summary>
    public static async Task<JsonElement> SourceAsync(this HttpClient client, string name) =>
        (await client.JsonAsync($"/sources/{name}")).Body;

    /// <summary>A member that is text.</summary>
    public static string Text(this JsonElement body, string member) => body.GetProperty(member).GetString() ?? "";

    /// <summary>Waits until a source is in a state.</summary>
    public static Task UntilStateAsync(this HttpClient client, string name, string state) =>
        ServerFactory.UntilAsync(async () => (await client.SourceAsync(name)).Text("state") == state);

    /// <summary>Seed blocks in the pool.</summary>
    public static async Task<int> AvailableAsync(this HttpClient client) =>
        (await client.JsonAsync("/pool/status")).Body.GetProperty("blocks_available").GetInt32();

    /// <summary>Waits until the pool holds so many blocks.</summary>
    public static Task UntilAvailableAsync(this HttpClient client, int blocks) =>
        ServerFactory.UntilAsync(async () => await client.AvailableAsync() >= blocks);

    /// <summary>One series of the metrics.</summary>
    public static async Task<double> MetricAsync(this HttpClient client, string series)
    {
        var metrics = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        var line = Assert.Single(metrics.Split('\n'), each => each.StartsWith(series + " ", StringComparison.Ordinal));
        return double.Parse(line[(series.Length + 1)..]);
    }

    /// <summary>Every route that gives random bytes, in each of its qualities and bodies.</summary>
    public static IEnumerable<string> OutputRoutes() =>
        s_dialects.Concat(
            from quality in new[] { "conditioning=drbg", "conditioning=limited", "fresh=true" }
            from body in new[] { "type=uint8", "type=hex16", "format=lines", "format=bytes", "format=hex", "format=base64" }
            select $"/api/v1/random?length=8&{quality}&{body}"
        );

    /// <summary>That an answer refuses: 503, when to ask again, and a body that holds a reason and nothing else.</summary>
    public static async Task AssertRefusedAsync(this HttpClient client, string path, string reason)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1), path);
        Assert.Equal(["success", "message"], body.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.False(body.RootElement.GetProperty("success").GetBoolean());
        Assert.Contains(reason, body.RootElement.Text("message"), StringComparison.Ordinal);
    }
}
