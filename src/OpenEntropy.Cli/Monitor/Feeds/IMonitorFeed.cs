using OpenEntropy.Server.Sources;

namespace OpenEntropy.Cli.Monitor.Feeds;

/// <summary>What is watched: the engine in this process, or a service elsewhere.</summary>
internal interface IMonitorFeed : IAsyncDisposable
{
    /// <summary>What it is, for the top line.</summary>
    public string Subject { get; }

    /// <summary>Reads all figures.</summary>
    /// <param name="end">Ends the wait.</param>
    /// <exception cref="MonitorFeedException">There is no answer, or none that can be understood.</exception>
    public Task<MonitorReading> ReadAsync(CancellationToken end);

    /// <summary>Takes raw samples of one source, which then earn no credit.</summary>
    /// <param name="source">Its name.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="end">Ends the wait.</param>
    /// <exception cref="MonitorFeedException">There is no answer.</exception>
    public Task<RawSamples> TakeRawAsync(string source, int count, CancellationToken end);

    /// <summary>Does an operator's act on one source.</summary>
    /// <param name="source">Its name.</param>
    /// <param name="act">What to do.</param>
    /// <param name="end">Ends the wait.</param>
    /// <returns>What came of it, or why it was refused, in one clause.</returns>
    /// <exception cref="MonitorFeedException">There is no answer.</exception>
    public Task<string> ActAsync(string source, SourceAct act, CancellationToken end);
}
