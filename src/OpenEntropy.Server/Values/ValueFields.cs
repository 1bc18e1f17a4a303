namespace OpenEntropy.Server.Values;

/// <summary>The parameters of a route of values: its own, and those that all have.</summary>
internal static class ValueFields
{
    /// <summary>Lists them.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="withItems">Whether items, where the kind takes any, are a parameter; otherwise they are the body.</param>
    public static ValueField[] Of(ValueKind kind, bool withItems) =>
        [
            .. kind.Fields.Where(field => withItems || field.Name != ItemList.Field.Name),
            new("count", "integer", kind.CountText)
            {
                Least = 1,
                Default = kind.DefaultCount?.ToString(),
                Example = kind.DefaultCount is null ? "3" : null,
            },
            new("conditioning", "string", "drbg: generator output; limited: every bit consumed backed by credited entropy.")
            {
                Default = "\"drbg\"",
                Values = ["drbg", "limited"],
            },
            new("fresh", "boolean", "Reseed the generator from the pool first (prediction resistance).") { Default = "false" },
            new("timeout", "integer", "Seconds to wait with limited and fresh.")
            {
                Default = "0",
                Least = 0,
                Most = ValueRequest.MaxTimeoutSeconds,
            },
            new(
                "format",
                "string",
                "The body; wins over Accept, of which text/plain gives lines: the elements of data unquoted, one a line."
            )
            {
                Default = "\"json\"",
                Values = ["json", "lines"],
            },
            new("proof", "boolean", "Tell the bytes consumed, from which the values can be computed again; with JSON only.")
            {
                Default = "false",
            },
        ];
}
