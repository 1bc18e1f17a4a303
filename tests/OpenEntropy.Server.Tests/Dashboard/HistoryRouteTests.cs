using System.Text.Json;
using OpenEntropy.Server.Tests.Faults;
using Xunit;

namespace OpenEntropy.Server.Tests.Dashboard;

/// <summary>The history through the public door.</summary>
public sealed class HistoryRouteTests : IAsyncLifetime
{
    private readonly ServerFactory _factory = new();
    private HttpClient _client = null!;

    public async Task InitializeAsync() => _client = await _factory.CreateReadyClientAsync();

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _factory.DisposeAsync();
    }

    [Theory]
    [InlineData("?minutes=5&source=scripted_a", "scripted_a", 300)]
    [InlineData("?minutes=1440", null, 720)]
    [InlineData("", null, 300)]
    public async Task GetHistory_NobodyWatches_HasPointsOfRawSamplesAndOfOutput(string query, string? source, int points)
    {
        JsonElement body = default;
        await ServerFactory.UntilAsync(async () =>
        {
            (_, body) = await _client.JsonAsync("/events/history" + query);
            return HasPoint(body.GetProperty("raw")) && HasPoint(body.GetProperty("conditioned"));
        });

        Assert.Equal(["step_seconds", "source", "time", "raw", "conditioned"], body.EnumerateObject().Select(member => member.Name));
        Assert.Equal(source, body.GetProperty("source").GetString());
        Assert.Equal(points, body.GetProperty("time").GetArrayLength());
    }

    [Theory]
    [InlineData("?minutes=", 400, "minutes must be 5, 15, 60, 360 or 1440")]
    [InlineData("?minutes=05", 400, "minutes must be 5, 15, 60, 360 or 1440")]
    [InlineData("?minutes=5&minutes=5", 400, "minutes must be given once")]
    [InlineData("?minute=5", 400, "there is no parameter 'minute'; this route takes minutes, source")]
    [InlineData("?source=scripted_x", 404, "there is no source named 'scripted_x'; near it are ")]
    [InlineData("?source=", 404, "there is no source named ''; ")]
    public async Task GetHistory_WrongParameter_IsRefusedByName(string query, int status, string message)
    {
        var (answered, body) = await _client.JsonAsync("/events/history" + query);

        Assert.Equal((status, false), ((int)answered, body.GetProperty("success").GetBoolean()));
        Assert.StartsWith(message, body.Text("message"), StringComparison.Ordinal);
    }

    private static bool HasPoint(JsonElement curve) =>
        curve.GetProperty("shannon").EnumerateArray().Any(each => each.ValueKind == JsonValueKind.Number);
}
