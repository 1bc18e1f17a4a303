using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace OpenEntropy.Server.Tests.Telemetry;

/// <summary>A collector that keeps what is pushed to it by HTTP: the names in a message of protocol buffers are plain text within it.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string Key, string Body)> _pushes = new();

    private Collector(int status)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _pushes.Enqueue((context.Request.Path, context.Request.Headers["x-key"].ToString(), Encoding.Latin1.GetString(body.ToArray())));
            context.Response.StatusCode = status;
        });
    }

    public string Address => _app.Urls.Single();

    /// <param name="status">What it answers every push with.</param>
    public static async Task<Collector> StartAsync(int status = 200)
    {
        var collector = new Collector(status);
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>Waits for a push to a path whose text has all of the words.</summary>
    public async Task<(string Path, string Key, string Body)> UntilAsync(string path, params string[] words)
    {
        (string Path, string Key, string Body) found = default;
        using var limit = new CancellationTokenSource(ServiceProcess.Patience);
        while (found.Path is null)
        {
            found = _pushes.FirstOrDefault(push =>
                push.Path == path && words.All(word => push.Body.Contains(word, StringComparison.Ordinal))
            );
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token); // leaves the processor to what is waited for
        }

        return found;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
