using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using OpenEntropy.Noise;

namespace OpenEntropy.Server.Tests;

/// <summary>The whole service on scripted noise.</summary>
internal sealed class ServerFactory(params (string Key, string Value)[] settings) : WebApplicationFactory<Program>
{
    /// <summary>The names of the scripted sources.</summary>
    public static readonly string[] SourceNames = ["scripted_a", "scripted_b", "scripted_c"];

    /// <summary>A client once the service can serve.</summary>
    public async Task<HttpClient> CreateReadyClientAsync()
    {
        var client = CreateClient();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!limit.IsCancellationRequested)
        {
            using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), limit.Token);
            if (ready.IsSuccessStatusCode)
            {
                return client;
            }

            await Task.Yield();
        }

        throw new TimeoutException("the service did not become ready");
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        // A source that earns nothing, so that all credit is scripted; the plugged ones are always selected.
        builder.UseSetting("OpenEntropy:Sources:Enabled", "clock_jitter");
        foreach (var (key, value) in settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services =>
        {
            for (var i = 0; i < SourceNames.Length; i++)
            {
                services.AddSingleton<NoiseSource>(new ScriptedNoiseSource(SourceNames[i], (uint)i));
            }
        });
    }
}
