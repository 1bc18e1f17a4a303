using System.Text.Json;

namespace OpenEntropy.Server.Tests.Dashboard;

/// <summary>Reads the live page's events as a browser does (WHATWG HTML, 9.2.6).</summary>
internal sealed class PageEvents(Stream body) : IDisposable
{
    private readonly StreamReader _reader = new(body);

    /// <summary>What <c>retry</c> said last.</summary>
    public string Retry { get; private set; } = "";

    /// <summary>The data of the events in a text.</summary>
    public static List<(string Name, string Data)> Parse(byte[] text)
    {
        using var events = new PageEvents(new MemoryStream(text));
        List<(string, string)> all = [];
        while (events.ReadTextAsync().GetAwaiter().GetResult() is { } each)
        {
            all.Add(each);
        }

        return all;
    }

    /// <summary>Begins to watch.</summary>
    public static async Task<PageEvents> WatchAsync(HttpClient client) =>
        new(await client.GetStreamAsync(new Uri("/events", UriKind.Relative)));

    /// <summary>The next event of a name; others are passed over.</summary>
    public async Task<JsonElement> ReadAsync(string name)
    {
        while (await ReadTextAsync() is { } each)
        {
            if (each.Name == name)
            {
                using var data = JsonDocument.Parse(each.Data);
                return data.RootElement.Clone();
            }
        }

        throw new EndOfStreamException($"no event {name}");
    }

    /// <summary>The next event; null at the end.</summary>
    public async Task<(string Name, string Data)?> ReadTextAsync()
    {
        using var limit = new CancellationTokenSource(ServerFactory.Patience);
        var (name, data) = ("", "");
        while (await _reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Length == 0 && name.Length > 0)
            {
                return (name, data);
            }

            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            switch (line.Length == 0 ? "" : line[..colon])
            {
                case "":
                    break;
                case "event":
                    name = line[(colon + 2)..];
                    break;
                case "data":
                    data += line[(colon + 2)..];
                    break;
                case "retry":
                    Retry = line[(colon + 2)..];
                    break;
                default:
                    throw new InvalidDataException(line);
            }
        }

        return null;
    }

    public void Dispose() => _reader.Dispose();
}
