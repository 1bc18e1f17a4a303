using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Display;

/// <summary>One JSON document on standard output: names in snake_case, as the service's are, indented, ended by a new line.</summary>
internal static class JsonDocumentOutput
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        WriteIndented = true,
        // It is no web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a document.</summary>
    /// <param name="console">Where to write.</param>
    /// <param name="document">An object of values that JSON has.</param>
    /// <exception cref="CommandFailureException">It could not be written whole.</exception>
    public static void Write<T>(CommandConsole console, T document) => TextOutput.Write(console, Bytes(document));

    /// <summary>The document in UTF-8.</summary>
    /// <param name="document">An object of values that JSON has.</param>
    public static byte[] Bytes<T>(T document) => [.. JsonSerializer.SerializeToUtf8Bytes(document, s_options), (byte)'\n'];
}
