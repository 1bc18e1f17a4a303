using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace OpenEntropy.Chaos.Clients;

/// <summary>What all kinds of clients do to a service in ten minutes: short and long answers, streams that are left, mints, scrapes, pages, wrong requests, connections that say nothing.</summary>
/// <param name="address">Where it listens.</param>
/// <param name="invariants">What they saw.</param>
internal sealed class MixedLoad(Uri address, Invariants invariants)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_seldom = TimeSpan.FromMilliseconds(700);

    private static readonly string[] s_reads =
    [
        "api/v1/random?length=16&format=bytes",
        "api/v1/random?length=4096&format=bytes",
        "api/v1/random?length=1048576&format=bytes",
        "api/v1/random?length=64&format=bytes&fresh=true",
    ];

    private static readonly string[] s_others =
    [
        "api/v1/random?length=1024&type=hex16&size=4",
        "api/v1/integers?min=1&max=6&count=1000",
        "api/v1/uuids?count=100&proof=true",
        "metrics",
        "sources",
        "pool/status",
        "health",
        "openapi/v1.json",
        "",
        "events/history?minutes=5",
        "api/v1/random?length=0",
        "api/v1/random?length=99999999999",
        "nowhere",
        "api/v1/random?raw=true",
    ];

    private readonly HttpClient _client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(10) })
    {
        BaseAddress = address,
        Timeout = s_patience,
    };

    /// <summary>Starts them.</summary>
    /// <param name="end">Ends them.</param>
    public IReadOnlyList<Task> Start(CancellationToken end) =>
        [
            .. s_reads.Select(path => RepeatAsync(() => TakeAsync(path, end), s_pause, end)),
            .. s_others.Select(path => RepeatAsync(() => AskAsync(path, end), s_pause, end)),
            RepeatAsync(() => TakeAsync("api/v1/random?length=48&format=bytes&conditioning=limited", end), s_pause, end),
            RepeatAsync(() => LeaveAsync("api/v1/stream?format=bytes", end), s_pause, end),
            RepeatAsync(() => LeaveAsync("events", end), s_seldom, end),
            RepeatAsync(() => MintAsync(end), s_seldom, end),
            RepeatAsync(() => SayNothingAsync(end), s_pause, end),
        ];

    private async Task TakeAsync(string path, CancellationToken end)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative), end);
        Count(path, (int)answer.StatusCode);
        var bytes = await answer.Content.ReadAsByteArrayAsync(end);
        if (answer.IsSuccessStatusCode)
            invariants.Shelf.Add(bytes.AsSpan(0, Math.Min(bytes.Length, 4096))); // of long answers the beginning, so that ten minutes fit on the disk
    }

    private async Task AskAsync(string path, CancellationToken end)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative), end);
        Count(path, (int)answer.StatusCode);
        _ = await answer.Content.ReadAsByteArrayAsync(end);
    }

    private async Task MintAsync(CancellationToken end)
    {
        using var answer = await _client.PostAsync(new Uri("api/v1/pqc/bundles", UriKind.Relative), content: null, end);
        Count("mint", (int)answer.StatusCode);
    }

    // The connection is closed in the middle of the answer.
    private async Task LeaveAsync(string path, CancellationToken end)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, end);
        Count(path, (int)answer.StatusCode);
        await using var body = await answer.Content.ReadAsStreamAsync(end);
        var piece = new byte[4096];
        for (var i = 0; i < 8; i++)
            await body.ReadExactlyAsync(piece.AsMemory(0, 64), end);
    }

    // A connection that says half a request, and goes.
    private async Task SayNothingAsync(CancellationToken end)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address.Host, address.Port, end);
        await socket.SendAsync(Encoding.ASCII.GetBytes("GET /api/v1/random HTTP/1.1\r\nHost: "), end);
        invariants.Count("half a request");
    }

    private void Count(string what, int status)
    {
        invariants.Count(status.ToString(CultureInfo.InvariantCulture));
        if (status is >= 500 and not 503)
            invariants.Break($"{what} was answered with {status}");
    }

    private async Task RepeatAsync(Func<Task> act, TimeSpan pause, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await act();
                await Task.Delay(pause, TimeProvider.System, end);
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
                when (exception is HttpRequestException or IOException or SocketException or OperationCanceledException)
            {
                invariants.Count($"no answer ({exception.GetType().Name})");
            }
        }
    }
}
