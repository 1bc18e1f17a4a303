using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenEntropy.Receipts;
using OpenEntropy.Server.Bundles;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Receipts;
using Xunit;

namespace OpenEntropy.Server.Tests.Receipts;

/// <summary>An application with random values, their receipts and the identity, in memory. The storage directory outlives it.</summary>
internal sealed class ReceiptHost : IAsyncDisposable
{
    public const string Route = "/api/v1/random";
    public const string Identity = "/api/v1/identity";

    private readonly WebApplication _app;

    private ReceiptHost(WebApplication app)
    {
        _app = app;
        Client = app.GetTestClient();
    }

    public HttpClient Client { get; }

    /// <summary>Everything it logs.</summary>
    public LogCapture Logs { get; private init; } = null!;

    /// <summary>What it says of itself.</summary>
    public IReadOnlyList<string> Deviations => _app.Services.GetRequiredService<DeviationBoard>().All;

    public static async Task<ReceiptHost> StartAsync(EntropyPool pool, string storage, TimeProvider? time = null, string passphrase = "")
    {
        var logs = new LogCapture();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.AddProvider(logs);
        builder.Services.Configure<RandomnessOptions>(options => options.AllowRaw = true);
        builder.Services.Configure<BundleOptions>(options => options.IdentityPassphrase = passphrase);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton(pool);
        builder.Services.AddSingleton(new EntropyPoolOptions { Storage = new StorageOptions { Directory = storage } });
        builder.Services.AddRandomness();
        builder.Services.AddReceipts();
        var app = builder.Build();
        app.UseMiddleware<JsonErrors>();
        app.MapRandom();
        app.MapIdentity();
        await app.StartAsync();
        return new ReceiptHost(app) { Logs = logs };
    }

    public async Task<ReceiptPublicKey> KeyAsync()
    {
        Assert.True(ReceiptPublicKey.TryParse(await Client.GetStringAsync(Identity), out var key));
        return key;
    }

    /// <summary>The answer to a request with a receipt, as text.</summary>
    public async Task<string> GetAsync(string query, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Route}?{query}");
        if (accept is not null)
        {
            request.Headers.Add("Accept", accept);
        }

        using var answer = await Client.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        Assert.Equal(Encoding.UTF8.GetByteCount(body), answer.Content.Headers.ContentLength);
        return body;
    }

    /// <summary>The receipt in an answer.</summary>
    public static string ReceiptOf(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("receipt").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
