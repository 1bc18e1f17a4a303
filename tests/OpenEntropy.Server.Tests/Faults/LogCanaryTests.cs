using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using OpenEntropy.Server.Tests.Dashboard;
using OpenEntropy.Server.Tests.Secrets;
using OpenEntropy.Server.Tests.Telemetry;
using Xunit;

namespace OpenEntropy.Server.Tests.Faults;

/// <summary>What clients send is in no line of the log, with everything switched on, and lines of a traced request name its trace.</summary>
public sealed class LogCanaryTests : IDisposable
{
    private const string Canary = "CANARY";
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    private readonly DirectoryInfo _storage = Directory.CreateTempSubdirectory("openentropy-");

    public void Dispose() => _storage.Delete(recursive: true);

    [Fact]
    public async Task Send_CanariesEverywhere_NoLineHoldsOneAndLinesOfTheRequestNameItsTrace()
    {
        await using var collector = await Collector.StartAsync();
        var (_, service) = await ServiceProcess.StartAsync(TalkativeService.Start(collector.Address), _storage.FullName);
        using (service)
        {
            await SendCanariesAsync(service.Client);
            await SendPlainlyAsync(service.Client.BaseAddress!, $"GET /sources/{Canary} HTTP/1.1\r\nHost: {Canary}\r\n\r\n");
            await SendPlainlyAsync(service.Client.BaseAddress!, $"GET /{Canary} {Canary}/9.9\r\n{Canary}: {Canary}\r\n\r\n");
            using var last = new HttpRequestMessage(HttpMethod.Post, "/sources/clock_jitter/retest");
            last.Headers.Add("traceparent", $"00-{Trace}-b7ad6b7169203331-01");
            using var answer = await service.Client.SendAsync(last);

            foreach (var read in new Func<Task<IReadOnlyList<string>>>[] { () => Task.FromResult(service.Lines), ReadFilesAsync })
            {
                await ServerFactory.UntilAsync(async () => (await read()).Any(line => IsAnswer(line, Trace)), "the last request is told");
                Check(await read());
            }

            await CheckPageAsync(service.Client);
        }
    }

    /// <summary>The log as the live page shows it to everybody, until it tells of a request that held canaries.</summary>
    private static async Task CheckPageAsync(HttpClient client)
    {
        using var events = await PageEvents.WatchAsync(client);
        await events.ReadAsync("hello");
        await SendCanariesAsync(client);
        string lines;
        do
        {
            lines = (await events.ReadAsync("log")).GetRawText();
            Assert.DoesNotContain(Canary, lines, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Content root path", lines, StringComparison.Ordinal);
        } while (!lines.Contains("request_answered", StringComparison.Ordinal));
    }

    private static void Check(IReadOnlyList<string> lines)
    {
        Assert.All(lines, line => Assert.DoesNotContain(Canary, line, StringComparison.OrdinalIgnoreCase));
        var events = lines.Select(line => JsonElement.Parse(line)).ToList();

        Assert.Contains(events, each => each.GetProperty("level").GetString() is "Debug" or "Verbose"); // nothing is held back by its level
        var ofTheRequest = events.Where(each => each.TryGetProperty("trace_id", out var trace) && trace.GetString() == Trace).ToList();
        Assert.Contains(ofTheRequest, each => each.GetProperty("event").GetString() == "source_act");
        Assert.All(ofTheRequest, each => Assert.Matches("^[0-9a-f]{16}$", each.GetProperty("span_id").GetString()!));
        Assert.Contains(
            events,
            each =>
                IsAnswer(each, trace: null)
                && each.GetProperty("fields").GetProperty("Route").GetString() == "/sources/{name}"
                && each.GetProperty("fields").GetProperty("Status").GetInt32() == 404
        );
    }

    private static bool IsAnswer(string line, string trace) => IsAnswer(JsonElement.Parse(line), trace);

    private static bool IsAnswer(JsonElement line, string? trace) =>
        line.TryGetProperty("event", out var name)
        && name.GetString() == "request_answered"
        && (trace is null || (line.TryGetProperty("trace_id", out var of) && of.GetString() == trace));

    private static async Task SendCanariesAsync(HttpClient client)
    {
        (string Method, string Path)[] requests =
        [
            ("GET", $"/sources/{Canary}"),
            ("POST", $"/sources/{Canary}/disable"),
            ("GET", $"/{Canary}/{Canary}"),
            ("GET", $"/api/v1/random?length={Canary}&{Canary}=1"),
            ("GET", $"/api/v1/random?length=3&type=uint8&source={Canary}"),
            ("GET", $"/v1/auth/check-key?key={Canary}"),
            ("POST", "/api/v1/pqc/bundles"),
            ("POST", "/api/v1/pqc/bundles/verify"),
            ("POST", "/pollen"),
            (Canary, "/health"),
        ];
        foreach (var (method, path) in requests)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
            foreach (
                var header in new[]
                {
                    "User-Agent",
                    "Referer",
                    "Cookie",
                    "X-Api-Key",
                    "Authorization",
                    "Idempotency-Key",
                    "baggage",
                    "tracestate",
                    "X-" + Canary,
                }
            )
            {
                request.Headers.TryAddWithoutValidation(header, $"k={Canary}");
            }

            if (method == "POST")
            {
                request.Content = new StringContent($$"""{"{{Canary}}":"{{Canary}}" {{Canary}}""", Encoding.UTF8, "application/json");
            }

            using var answer = await client.SendAsync(request);
        }
    }

    /// <summary>Sends what no client library would, and waits until the connection is closed.</summary>
    private static async Task SendPlainlyAsync(Uri address, string request)
    {
        using var limit = new CancellationTokenSource(ServiceProcess.Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, limit.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(request.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal)),
            limit.Token
        );
        await stream.CopyToAsync(Stream.Null, limit.Token);
    }

    /// <summary>The lines that are written whole.</summary>
    private async Task<IReadOnlyList<string>> ReadFilesAsync() => (await OpenFiles.ReadLogAsync(_storage.FullName)).Split('\n')[..^1];
}
