namespace OpenEntropy.Server.Tests.Streaming;

/// <summary>Reads server-sent events as a browser does (WHATWG HTML, 9.2.6), of the fields that the service sends.</summary>
/// <param name="reader">The body.</param>
internal sealed class EventReader(TextReader reader)
{
    /// <summary>The next event; null at the end, where an event without its empty line is dropped.</summary>
    public async Task<(string Id, string Data)?> ReadAsync()
    {
        var (id, data) = ("", "");
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.Length == 0)
            {
                return (id, data);
            }

            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            (id, data) = line[..colon] switch
            {
                "id" => (line[(colon + 2)..], data),
                "data" => (id, data + line[(colon + 2)..]),
                _ => throw new InvalidDataException(line),
            };
        }

        return null;
    }

    /// <summary>All events up to the end.</summary>
    public async Task<List<(string Id, string Data)>> ReadAllAsync()
    {
        List<(string, string)> events = [];
        while (await ReadAsync() is { } each)
        {
            events.Add(each);
        }

        return events;
    }
}
