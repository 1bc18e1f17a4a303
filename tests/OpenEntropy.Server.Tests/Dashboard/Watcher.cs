using System.Text.Json;
using OpenEntropy.Server.Dashboard;
using OpenEntropy.Server.Tests.Streaming;

namespace OpenEntropy.Server.Tests.Dashboard;

/// <summary>One who watches a hub through a connection that takes 64 KiB, and reads when the test says so.</summary>
internal sealed class Watcher : IDisposable
{
    private readonly PipedResponse _response = new();
    private readonly List<(string Name, string Data)> _events = [];
    private readonly EventHub _hub;

    public Watcher(EventHub hub)
    {
        _hub = hub;
        Viewer = hub.TryJoin(new EventText(), () => Drops++)!;
        Sending = Task.Run(() => Viewer.SendAsync(_response.Context.Response, CancellationToken.None));
    }

    public Viewer Viewer { get; }

    /// <summary>What sends to it.</summary>
    public Task Sending { get; }

    /// <summary>How often its connection was ended.</summary>
    public int Drops { get; private set; }

    /// <summary>The names of the events read so far.</summary>
    public IEnumerable<string> Names => _events.Select(each => each.Name);

    /// <summary>The log's messages read so far.</summary>
    public IEnumerable<string?> Lines =>
        from each in _events
        where each.Name == "log"
        from line in JsonDocument.Parse(each.Data).RootElement.GetProperty("lines").EnumerateArray()
        select line.GetProperty("message").GetString();

    /// <summary>Reads until so many events of a name have come.</summary>
    public Task UntilAsync(string name, int count) =>
        ServerFactory.UntilAsync(() =>
        {
            _events.AddRange(PageEvents.Parse(_response.ReadAvailable()));
            return Task.FromResult(_events.Count(each => each.Name == name) >= count);
        });

    /// <summary>The data of the last event of a name.</summary>
    public string Last(string name) => _events.Last(each => each.Name == name).Data;

    public void Dispose()
    {
        _hub.Leave(Viewer);
        Viewer.Drop();
        _response.Dispose();
    }
}
