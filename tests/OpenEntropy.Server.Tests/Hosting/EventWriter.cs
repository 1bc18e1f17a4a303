using Microsoft.Extensions.Logging;

namespace OpenEntropy.Server.Tests.Hosting;

/// <summary>Logs events that no code declares.</summary>
internal static class EventWriter
{
    public static void Write(
        this ILogger logger,
        LogLevel level,
        EventId id,
        string template,
        Exception? exception,
        params (string Name, object? Value)[] fields
    )
    {
        List<KeyValuePair<string, object?>> state =
        [
            .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
            KeyValuePair.Create("{OriginalFormat}", (object?)template),
        ];
        logger.Log(level, id, state, exception, (_, _) => template);
    }
}
