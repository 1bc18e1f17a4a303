using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Json;

namespace OpenEntropy.Server.Hosting;

/// <summary>One event as one line that is one JSON document; its members are told in docs/logs.md.</summary>
internal sealed class JsonLine : ITextFormatter
{
    private static readonly JsonValueFormatter s_values = new(typeTagName: null);

    /// <inheritdoc/>
    public void Format(LogEvent logEvent, TextWriter output)
    {
        output.Write("{\"time\":\"");
        output.Write(logEvent.Timestamp.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        output.Write("\",\"level\":\"");
        output.Write(logEvent.Level);
        output.Write('"');
        Write(output, "event", EventKind.NameOf(logEvent));
        Write(output, "category", EventKind.CategoryOf(logEvent));
        Write(output, "message", MessageText.Of(logEvent));
        Write(output, "trace_id", logEvent.TraceId?.ToHexString());
        Write(output, "span_id", logEvent.SpanId?.ToHexString());
        WriteFields(output, logEvent);
        Write(output, "exception", logEvent.Exception?.ToString());
        output.WriteLine('}');
    }

    private static void Write(TextWriter output, string member, string? value)
    {
        if (value is null)
        {
            return;
        }

        output.Write(",\"");
        output.Write(member);
        output.Write("\":");
        JsonValueFormatter.WriteQuotedJsonString(value, output);
    }

    private static void WriteFields(TextWriter output, LogEvent logEvent)
    {
        output.Write(",\"fields\":{");
        var separator = "";
        foreach (var (name, value) in logEvent.Properties)
        {
            if (EventKind.IsKind(name))
            {
                continue; // told above
            }

            output.Write(separator);
            JsonValueFormatter.WriteQuotedJsonString(name, output);
            output.Write(':');
            s_values.Format(value, output);
            separator = ",";
        }

        output.Write('}');
    }
}
