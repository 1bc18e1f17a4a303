using OpenEntropy.Cli.Monitor.Feeds;
using OpenEntropy.Server.Sources;

namespace OpenEntropy.Cli.Monitor;

/// <summary>Asks the feed beside the loop, and posts what came of it. What is ended meanwhile posts nothing.</summary>
/// <param name="feed">The feed.</param>
/// <param name="post">Receives the answers, on any thread.</param>
internal sealed class FeedWork(IMonitorFeed feed, Action<MonitorEvent> post)
{
    /// <summary>Asks for all figures.</summary>
    public void Read(CancellationToken end) =>
        Begin(async () => new MonitorEvent.Answered(await feed.ReadAsync(end)), trouble => new MonitorEvent.Failed(trouble), end);

    /// <summary>Asks for raw samples; the request is disposed when there is an answer or none is wanted.</summary>
    public void Sample(SampleRequest request) =>
        Begin(
            async () => new MonitorEvent.Sampled(request, await feed.TakeRawAsync(request.Source, request.Count, request.End)),
            _ => new MonitorEvent.Sampled(request, null),
            request.End
        );

    /// <summary>Asks for an act.</summary>
    public void Act(string source, SourceAct act, CancellationToken end) =>
        Begin(
            async () => new MonitorEvent.Acted(await feed.ActAsync(source, act, end)),
            trouble => new MonitorEvent.Acted($"{source}: {trouble}"),
            end
        );

    private void Begin(Func<Task<MonitorEvent>> ask, Func<string, MonitorEvent> fail, CancellationToken end) =>
        _ = Task.Run(
            async () =>
            {
                try
                {
                    post(await ask());
                }
                catch (MonitorFeedException exception)
                {
                    post(fail(exception.Message));
                }
                catch (Exception) when (end.IsCancellationRequested)
                {
                    // Nobody wants it any more, or the feed is being closed.
                }
                catch (Exception exception)
                {
                    post(new MonitorEvent.Faulted(exception));
                }
            },
            CancellationToken.None
        );
}
