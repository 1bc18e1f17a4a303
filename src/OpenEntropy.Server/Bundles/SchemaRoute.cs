using System.Reflection;

namespace OpenEntropy.Server.Bundles;

/// <summary>Serves the JSON Schema of bundles, which is docs/bundle.schema.json.</summary>
internal static class SchemaRoute
{
    private static readonly Lazy<byte[]> s_schema = new(Read);

    /// <summary>Answers.</summary>
    public static IResult Get() => TypedResults.Bytes(s_schema.Value, "application/schema+json");

    private static byte[] Read()
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("bundle.schema.json")!;
        var schema = new byte[file.Length];
        file.ReadExactly(schema);
        return schema;
    }
}
