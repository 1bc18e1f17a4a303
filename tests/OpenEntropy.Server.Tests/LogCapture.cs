using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OpenEntropy.Server.Errors;

namespace OpenEntropy.Server.Tests;

/// <summary>Keeps what is logged, with the values and the exception of each event.</summary>
internal sealed class LogCapture : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text, Exception? Exception)> _events = new();

    /// <summary>All events, one a line.</summary>
    public string Text => string.Join('\n', _events.Select(each => each.Text));

    /// <summary>Errors and worse.</summary>
    public IReadOnlyList<string> Errors => ErrorsBut(_ => false);

    /// <summary>The same where answers are broken off, as the test means it: the web server tells of those, and the service's own log does not.</summary>
    public IReadOnlyList<string> ErrorsButBrokenOff => ErrorsBut(exception => exception is BrokenOffException);

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _events);

    public void Dispose() { }

    private string[] ErrorsBut(Func<Exception?, bool> isMeant) =>
        [.. _events.Where(each => each.Level >= LogLevel.Error && !isMeant(each.Exception)).Select(each => each.Text)];

    private sealed class Logger(string category, ConcurrentQueue<(LogLevel Level, string Text, Exception? Exception)> events) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => events.Enqueue((logLevel, $"{logLevel} {category}: {formatter(state, exception)} {exception}", exception));
    }
}
