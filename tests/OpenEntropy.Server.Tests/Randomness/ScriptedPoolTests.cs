using System.Diagnostics.CodeAnalysis;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Randomness;

/// <summary>Tests of the whole way from scripted noise sources to the answers.</summary>
[SuppressMessage("Design", "CA1001", Justification = "xunit disposes through IAsyncLifetime.")]
public abstract class ScriptedPoolTests : IAsyncLifetime
{
    protected const string Route = "/api/v1/random";

    private readonly CancellationTokenSource _stop = new();
    private Task _harvest = Task.CompletedTask;

    protected EntropyPool Pool { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var options = new EntropyPoolOptions { Sources = new SourcesOptions { Enabled = "clock_jitter" } };
        foreach (var name in new[] { "scripted_a", "scripted_b", "scripted_c", "scripted_d" })
        {
            options.AdditionalSources.Add(new ScriptedNoiseSource(name));
        }

        options.AdditionalSources.Add(new ScriptedNoiseSource("stuck", _ => 0));

        Pool = new EntropyPool(options);
        _harvest = Task.Run(() => Pool.RunAsync(_stop.Token));
        await Task.Run(() => Pool.GetBytes(new byte[1])); // returns with the first seed
    }

    public async Task DisposeAsync()
    {
        await StopHarvestAsync();
        await Pool.DisposeAsync();
        _stop.Dispose();
    }

    /// <summary>Ends the harvest: from here on the pool holds what it holds.</summary>
    protected async Task StopHarvestAsync()
    {
        await _stop.CancelAsync();
        await _harvest.ContinueWith(_ => { }, TaskScheduler.Default);
    }
}
