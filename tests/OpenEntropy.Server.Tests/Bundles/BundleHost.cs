using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenEntropy.Server.Assessment;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Bundles;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Receipts;
using OpenEntropy.Server.Security;
using OpenEntropy.Server.Tests.Security;
using Xunit;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>An application with bundles and random values, in memory. The storage directory outlives it.</summary>
internal sealed class BundleHost : IAsyncDisposable
{
    public const string Route = "/api/v1/pqc/bundles";
    public const string Identity = "/api/v1/pqc/identity";

    /// <summary>A header of these tests: the address the request is to come from.</summary>
    public const string Peer = "X-Test-Peer";

    private readonly WebApplication _app;

    private BundleHost(WebApplication app)
    {
        _app = app;
        Client = app.GetTestClient();
    }

    public HttpClient Client { get; }

    public LogCapture Logs { get; private init; } = null!;

    public BundleMint Mint => _app.Services.GetRequiredService<BundleMint>();

    public LedgerKeeper Ledger => _app.Services.GetRequiredService<LedgerKeeper>();

    public LedgerDesk LedgerDesk => _app.Services.GetRequiredService<LedgerDesk>();

    public BundleMaker Maker => _app.Services.GetRequiredService<BundleMaker>();

    public MintPace Pace => _app.Services.GetRequiredService<MintPace>();

    public VerifyDesk Desk => _app.Services.GetRequiredService<VerifyDesk>();

    public BundleCounts Counts => _app.Services.GetRequiredService<BundleCounts>();

    public ServedBytes Served => _app.Services.GetRequiredService<ServedBytes>();

    public static async Task<BundleHost> StartAsync(
        EntropyPool pool,
        string storage,
        Action<BundleOptions>? configure = null,
        TimeProvider? time = null,
        Func<IReadOnlyList<CheckBody>>? selfTests = null
    )
    {
        var options = new BundleOptions();
        configure?.Invoke(options);
        var logs = new LogCapture();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.AddProvider(logs);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton(pool);
        builder.Services.AddSingleton(Options.Create(options));
        builder.Services.AddAccess(TestAccess.Start(digest: TestKey.Digest));
        builder.Services.AddSingleton(new EntropyPoolOptions { Storage = new StorageOptions { Directory = storage } });
        builder.Services.AddSingleton(new AssessmentHistory(new HistoryFile(storage)));
        builder.Services.AddSingleton<IAuditLog, NoAuditLog>();
        builder.Services.AddLimits(new HttpLimitsOptions());
        builder.Services.AddRandomness();
        builder.Services.AddReceipts();
        builder.Services.AddBundles();
        if (selfTests is not null)
        {
            builder.Services.AddSingleton(new BundleSelfTests(selfTests));
        }

        var app = builder.Build();
        app.Use(
            (context, next) =>
            {
                if (context.Request.Headers[Peer].ToString() is { Length: > 0 } peer)
                {
                    context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
                }

                return next(context);
            }
        );
        app.UseMiddleware<JsonErrors>();
        app.UseAccess();
        app.MapRandom();
        app.MapBundles();
        await app.StartAsync();
        return new BundleHost(app) { Logs = logs };
    }

    /// <summary>Asks for a bundle.</summary>
    public async Task<HttpResponseMessage> PostAsync(
        string body,
        string? key = null,
        string? peer = null,
        string path = Route,
        string scheme = "http",
        string type = "application/json",
        CancellationToken gone = default
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{scheme}://localhost{path}"));
        request.Content = new StringContent(body, Encoding.UTF8, type);
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        if (peer is not null)
        {
            request.Headers.Add(Peer, peer);
            request.Headers.Add("x-api-key", TestKey.Text);
        }

        return await Client.SendAsync(request, gone);
    }

    /// <summary>Holds every place of a queue, so that who comes waits.</summary>
    public static async Task<IDisposable> OccupyAsync(WorkQueue queue)
    {
        var seats = new List<WorkQueue.Seat>();
        for (var i = 0; i < WorkQueue.HalfTheMachine; i++)
        {
            seats.Add(queue.TryTake(1)!);
            await seats[^1].WaitAsync(CancellationToken.None);
        }

        return new Occupied(seats);
    }

    /// <summary>Makes a bundle.</summary>
    public async Task<JsonObject> MintAsync(string body = "", string? key = null, string path = Route)
    {
        using var answer = await PostAsync(body, key, path: path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>Has a refusal told.</summary>
    public static async Task<string> RefusalAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode}: {text}");
        Assert.Equal(status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests, answer.Headers.RetryAfter is not null);
        using var body = JsonDocument.Parse(text);
        return body.RootElement.GetProperty("message").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private sealed class Occupied(List<WorkQueue.Seat> seats) : IDisposable
    {
        public void Dispose() => seats.ForEach(static seat => seat.Dispose());
    }
}
