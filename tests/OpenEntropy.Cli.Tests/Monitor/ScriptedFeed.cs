using System.Collections.Concurrent;
using OpenEntropy.Cli.Monitor.Feeds;
using OpenEntropy.Server.Sources;

namespace OpenEntropy.Cli.Tests.Monitor;

/// <summary>A feed that answers as a test says, and remembers what was asked.</summary>
internal sealed class ScriptedFeed : IMonitorFeed
{
    private double _uptime = 60;

    public volatile string? Trouble;
    public volatile Exception? Fault;
    public volatile string? Silent;

    public ConcurrentQueue<string> Asked { get; } = new();

    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Subject => "test";

    public Task<MonitorReading> ReadAsync(CancellationToken end) =>
        Fault is { } fault ? Task.FromException<MonitorReading>(fault)
        : Trouble is { } trouble ? Task.FromException<MonitorReading>(new MonitorFeedException(trouble))
        : Task.FromResult(Scripted.Reading(_uptime += 0.1));

    public async Task<RawSamples> TakeRawAsync(string source, int count, CancellationToken end)
    {
        Asked.Enqueue(source);
        if (source != Silent)
            return Scripted.Samples(count);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, end);
        }
        finally
        {
            Cancelled.SetResult();
        }

        throw new InvalidOperationException("An endless wait ended.");
    }

    public Task<string> ActAsync(string source, SourceAct act, CancellationToken end) =>
        Task.FromResult($"{source} was told to {(act == SourceAct.Disable ? "disable" : "retest")}");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
