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

    /// <summary>Errors and worse, but for answers broken off, of which the service's own log says nothing.</summary>
    public IReadOnlyList<string> Errors =>
        [.. _events.Where(each => each.Level >= LogLevel.Error && each.Exception is not BrokenOffException).Select(each => each.Text)];

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _events);

    public void Dispose() { }

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
