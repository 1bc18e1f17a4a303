using Microsoft.Extensions.Logging.Abstractions;
using OpenEntropy.Health;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Pool;
using OpenEntropy.Server.Sources;

namespace OpenEntropy.Cli.Monitor.Feeds;

/// <summary>The engine in this process, which it starts and ends.</summary>
/// <param name="pool">The pool, not harvesting yet; disposed with this.</param>
internal sealed class LocalFeed(EntropyPool pool) : IMonitorFeed
{
    /// <summary>How long raw samples are waited for.</summary>
    private static readonly TimeSpan s_rawTimeout = TimeSpan.FromSeconds(RemoteFeed.RawTimeoutSeconds);

    private readonly SourceSwitch _switch = new(pool, NullLogger<SourceSwitch>.Instance);

    public string Subject => "this process";

    /// <summary>Begins to harvest.</summary>
    public void Start() => _ = pool.RunAsync(CancellationToken.None); // how it ends is in the figures

    public Task<MonitorReading> ReadAsync(CancellationToken end)
    {
        end.ThrowIfCancellationRequested();
        var status = pool.Status;
        return Task.FromResult(
            new MonitorReading(PoolBody.From(status), [.. status.Sources.Select(source => SourceBody.From(source, assessments: null))])
        );
    }

    public async Task<RawSamples> TakeRawAsync(string source, int count, CancellationToken end)
    {
        var samples = new byte[count];
        return await pool.TryGetRawAsync([source], samples, s_rawTimeout, end) is { } refusal
            ? new RawSamples(default, refusal.Message, IsSlow: refusal.Reason == RefusalReason.SourceSlow)
            : new RawSamples(samples);
    }

    public Task<string> ActAsync(string source, SourceAct act, CancellationToken end)
    {
        end.ThrowIfCancellationRequested();
        var after = _switch.Do(source, act, out var refusal);
        return Task.FromResult(refusal ?? $"{source} is {StateNames<SourceState>.Of(after!.State)}");
    }

    public ValueTask DisposeAsync() => pool.DisposeAsync();
}
