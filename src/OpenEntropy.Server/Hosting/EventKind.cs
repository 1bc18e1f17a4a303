using Serilog.Core;
using Serilog.Events;

namespace OpenEntropy.Server.Hosting;

/// <summary>What makes two events of the same kind: who says it, its name, and the source that it is about.</summary>
/// <param name="Category">Who says it.</param>
/// <param name="Name">The event's name; of an event without one, its text before fields are put in.</param>
/// <param name="Source">The source's name; null where it is about none.</param>
internal readonly record struct EventKind(string Category, string Name, string? Source)
{
    private const string EventId = "EventId";

    /// <summary>The kind of an event.</summary>
    /// <param name="logEvent">The event.</param>
    public static EventKind Of(LogEvent logEvent) =>
        new(CategoryOf(logEvent) ?? "", NameOf(logEvent) ?? logEvent.MessageTemplate.Text, TextOf(logEvent, nameof(Source)));

    /// <summary>True for a property that says of what kind an event is.</summary>
    /// <param name="property">The property's name.</param>
    public static bool IsKind(string property) => property is EventId or Constants.SourceContextPropertyName;

    /// <summary>The event's name; null where it has none.</summary>
    /// <param name="logEvent">The event.</param>
    public static string? NameOf(LogEvent logEvent)
    {
        if (logEvent.Properties.GetValueOrDefault(EventId) is StructureValue { Properties: var parts })
        {
            foreach (var part in parts)
            {
                if (part is { Name: "Name", Value: ScalarValue { Value: string name } })
                {
                    return name;
                }
            }
        }

        return null;
    }

    /// <summary>Who says it; null where nobody is named.</summary>
    /// <param name="logEvent">The event.</param>
    public static string? CategoryOf(LogEvent logEvent) => TextOf(logEvent, Constants.SourceContextPropertyName);

    private static string? TextOf(LogEvent logEvent, string property) =>
        logEvent.Properties.GetValueOrDefault(property) is ScalarValue { Value: string text } ? text : null;
}
