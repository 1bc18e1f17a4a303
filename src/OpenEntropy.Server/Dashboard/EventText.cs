using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OpenEntropy.Server.Dashboard;

/// <summary>Server-sent events (WHATWG HTML, 9.2.6), one after the other.</summary>
internal sealed class EventText
{
    private readonly ArrayBufferWriter<byte> _text = new();

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _text.WrittenCount == 0;

    /// <summary>Says when a browser is to try again whose connection has ended.</summary>
    /// <param name="milliseconds">The time.</param>
    public EventText Retry(int milliseconds)
    {
        _text.Write(Encoding.ASCII.GetBytes($"retry: {milliseconds}\n\n"));
        return this;
    }

    /// <summary>Appends an event.</summary>
    /// <typeparam name="T">Its data.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="data">Its data.</param>
    /// <param name="type">How the data become JSON on one line.</param>
    public EventText Add<T>(string name, T data, JsonTypeInfo<T> type)
    {
        _text.Write(Encoding.ASCII.GetBytes($"event: {name}\ndata: "));
        using (var json = new Utf8JsonWriter(_text))
        {
            JsonSerializer.Serialize(json, data, type);
        }

        _text.Write("\n\n"u8);
        return this;
    }

    /// <summary>Appends events that were made before.</summary>
    /// <param name="events">Their text.</param>
    public EventText Add(ReadOnlySpan<byte> events)
    {
        _text.Write(events);
        return this;
    }

    /// <summary>The text.</summary>
    public byte[] ToArray() => _text.WrittenSpan.ToArray();
}
