using OpenEntropy.Server.Hosting;
using Serilog.Core;
using Serilog.Events;

namespace OpenEntropy.Server.Dashboard;

/// <summary>
/// The latest lines of the log, for the page: levels, categories and messages, cut where they are long; no exception, no property of their own. Of the
/// web server's only what is worth a warning, since the rest may repeat what clients sent; and of what names the directory that the service runs in.
/// </summary>
internal sealed class LogTail : ILogEventSink
{
    /// <summary>Lines that are kept.</summary>
    public const int MostLines = 200;

    /// <summary>Characters of a message that are shown.</summary>
    public const int MostCharacters = 1000;

    private const string FrameworkPrefix = "Microsoft.AspNetCore.";
    private const string HostCategory = "Microsoft.Hosting.Lifetime";
    private const string HostDirectory = "ContentRoot";

    private readonly Lock _lock = new();
    private readonly LogLine[] _lines = new LogLine[MostLines];
    private long _count;

    /// <summary>Lines that ever came.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        var category = EventKind.CategoryOf(logEvent);
        if (logEvent.Level < LogEventLevel.Warning && IsLeftOut(logEvent, category))
        {
            return;
        }

        var line = new LogLine(
            logEvent.Timestamp.ToUniversalTime(),
            NameOf(logEvent.Level),
            EventKind.NameOf(logEvent),
            category,
            Cut(MessageText.Of(logEvent))
        );
        lock (_lock)
        {
            _lines[_count % MostLines] = line;
            _count++;
        }
    }

    /// <summary>The lines after those that were read before, the latest 200 at most.</summary>
    /// <param name="read">Lines read before; set to <see cref="Count"/>.</param>
    public IReadOnlyList<LogLine> ReadAfter(ref long read)
    {
        lock (_lock)
        {
            var first = Math.Max(read, _count - MostLines);
            var lines = new LogLine[Math.Max(0, _count - first)];
            for (var i = 0; i < lines.Length; i++)
            {
                lines[i] = _lines[(first + i) % MostLines];
            }

            read = _count;
            return lines;
        }
    }

    // The names of Microsoft.Extensions.Logging, which the service's own code uses.
    private static string NameOf(LogEventLevel level) =>
        level switch
        {
            LogEventLevel.Verbose => "trace",
            LogEventLevel.Debug => "debug",
            LogEventLevel.Information => "information",
            LogEventLevel.Warning => "warning",
            LogEventLevel.Error => "error",
            _ => "critical",
        };

    private static bool IsLeftOut(LogEvent logEvent, string? category) =>
        category?.StartsWith(FrameworkPrefix, StringComparison.Ordinal) == true
        || (category == HostCategory && logEvent.Properties.ContainsKey(HostDirectory));

    private static string Cut(string message) =>
        message.Length <= MostCharacters ? message
        : char.IsHighSurrogate(message[MostCharacters - 1]) ? message[..(MostCharacters - 1)] + "…"
        : message[..MostCharacters] + "…";
}

/// <summary>One line of the log.</summary>
/// <param name="Time">When it was written, UTC.</param>
/// <param name="Level">Its level.</param>
/// <param name="Event">The event's name; null where it has none.</param>
/// <param name="Category">Who wrote it.</param>
/// <param name="Message">The message, cut.</param>
internal sealed record LogLine(DateTimeOffset Time, string Level, string? Event, string? Category, string Message);
