namespace OpenEntropy.Server.Values;

/// <summary>A parameter of these routes, as it is known to the reader and described in the OpenAPI document.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type in JSON Schema's words: <c>integer</c>, <c>number</c>, <c>string</c>, <c>boolean</c>.</param>
/// <param name="Text">What it means, with what the schema cannot say of its range.</param>
internal sealed record ValueField(string Name, string Type, string Text)
{
    /// <summary>Its value where it is not given, as JSON; null where it depends or must be given.</summary>
    public string? Default { get; init; }

    /// <summary>A value, as JSON.</summary>
    public string? Example { get; init; }

    /// <summary>The least number, or the fewest characters of a string.</summary>
    public long? Least { get; init; }

    /// <summary>The greatest number, or the most characters of a string.</summary>
    public long? Most { get; init; }

    /// <summary>The values it can have, where they can be listed.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Whether it must be given.</summary>
    public bool Required { get; init; }
}
