using System.Globalization;
using Serilog.Events;
using Serilog.Formatting.Display;

namespace OpenEntropy.Server.Hosting;

/// <summary>The message of an event as it is on the terminal: text without quotation marks.</summary>
internal static class MessageText
{
    private static readonly MessageTemplateTextFormatter s_message = new("{Message:lj}", CultureInfo.InvariantCulture);

    /// <summary>The message.</summary>
    /// <param name="logEvent">The event.</param>
    public static string Of(LogEvent logEvent)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        s_message.Format(logEvent, text);
        return text.ToString();
    }
}
