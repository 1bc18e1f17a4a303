using System.Text.Json;
using OpenEntropy.Clients.Tests.Running;
using Xunit;

namespace OpenEntropy.Clients.Tests.Checks;

/// <summary>npm's <c>eventsource</c>, the interface of browsers for server-sent events, on <c>/api/v1/stream</c>.</summary>
internal static class EventSourceChecks
{
    public const string Name = "eventsource";

    public static ClientProgram Client { get; } =
        new(
            Name,
            NpmFolder.WhyNot,
            () => Task.FromResult(NpmFolder.VersionOf(Name)),
            [
                new(
                    "new EventSource of /api/v1/stream: ?length=10000 to its end, ?rate=100000 until closed, ?length=5000&format=hex, and ?format=bytes, which is refused",
                    ReadAsync
                ),
            ]
        );

    private static async Task ReadAsync(ClientSetup setup)
    {
        using var got = JsonDocument.Parse(
            (await Command.SucceedAsync(ClientSetup.Direct(NpmFolder.Node("eventsource.mjs", setup.Server.Http)))).Output
        );

        var root = got.RootElement;
        Assert.Equal(10_000, Events(root, "whole", 4).Sum(data => Convert.FromBase64String(data).Length));
        Assert.All(Events(root, "endless", 3), data => Assert.NotEmpty(Convert.FromBase64String(data)));
        Assert.Equal(5000, Events(root, "hexadecimal", 2).Sum(data => Convert.FromHexString(data).Length));
        Assert.StartsWith("400 ", root.GetProperty("refused").GetString(), StringComparison.Ordinal);
    }

    /// <summary>The data of events that are numbered from 1 and came on one connection.</summary>
    private static List<string> Events(JsonElement root, string stream, int count)
    {
        var read = root.GetProperty(stream);
        Assert.Equal(1, read.GetProperty("opened").GetInt32());
        var events = read.GetProperty("events").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(1, count).Select(id => $"{id}"), events.Select(each => each.GetProperty("id").GetString()));
        return events.ConvertAll(each => each.GetProperty("data").GetString()!);
    }
}
