using System.Diagnostics;
using OpenEntropy.Clients.Tests.Running;
using Xunit;

namespace OpenEntropy.Clients.Tests.Checks;

/// <summary>curl on <c>/api/v1/stream</c>.</summary>
internal static class CurlStreamChecks
{
    private const string Route = "/api/v1/stream";

    public static IReadOnlyList<ClientCheck> All { get; } =
    [
        new($"GET {Route}, endless, into head -c 1000000", EndlessAsync),
        new($"GET {Route}?length=2000000, read slowly (--limit-rate 2M)", SlowAsync),
        new($"GET {Route}?length=5000&rate=10000&format=hex", PacedAsync),
        new($"GET {Route}?length=10000 with Accept: text/event-stream (-N)", EventsAsync),
    ];

    // head ends after what it wanted, and curl with it.
    private static async Task EndlessAsync(ClientSetup setup)
    {
        var shell = new ProcessStartInfo("sh", ["-c", "curl -sN \"$0\" | head -c 1000000", setup.Server.Http + Route]);
        var bytes = (await Command.SucceedAsync(ClientSetup.Direct(shell))).Output;

        Assert.Equal(1_000_000, bytes.Length);
        Assert.Equal(256, bytes.Distinct().Count());
    }

    private static async Task SlowAsync(ClientSetup setup) =>
        Assert.Equal(
            2_000_000,
            (await ClientSetup.CurlAsync("-f", "--limit-rate", "2M", $"{setup.Server.Http}{Route}?length=2000000")).Output.Length
        );

    private static async Task PacedAsync(ClientSetup setup) =>
        Assert.Equal(
            5000,
            Convert
                .FromHexString((await ClientSetup.CurlAsync("-f", $"{setup.Server.Http}{Route}?length=5000&rate=10000&format=hex")).Text)
                .Length
        );

    private static async Task EventsAsync(ClientSetup setup)
    {
        var address = $"{setup.Server.Http}{Route}?length=10000";
        var text = (await ClientSetup.CurlAsync("-f", "-N", "-H", "Accept: text/event-stream", address)).Text;

        var events = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(each => each.Split('\n')).ToList();
        Assert.Equal(["id: 1", "id: 2", "id: 3", "id: 4"], events.Select(each => each[0]));
        Assert.Equal(10_000, events.Sum(each => Convert.FromBase64String(each[1]["data: ".Length..]).Length));
        Assert.EndsWith("\n\n", text, StringComparison.Ordinal);
    }
}
