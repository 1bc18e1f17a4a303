using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OpenEntropy.Cli.Services;

/// <summary>What a service answered, whole.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Body">Its body.</param>
internal sealed record ServiceAnswer(HttpStatusCode Status, byte[] Body)
{
    /// <summary>What is said of an answer that cannot be read, in one clause.</summary>
    public const string Stranger = "its answer is not that of an OpenEntropy service of this version";

    private const int LongestMessage = 500;

    /// <summary>What the service's own refusals say is wrong, in one sentence; null of whatever else answers: its status says all there is.</summary>
    public string? Message
    {
        get
        {
            try
            {
                using var document = JsonDocument.Parse(Body);
                return
                    document.RootElement is { ValueKind: JsonValueKind.Object } problem
                    && problem.TryGetProperty("message", out var message)
                    && message.ValueKind == JsonValueKind.String
                    ? Harmless(message.GetString()!)
                    : null;
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                return null; // no JSON, or half of a surrogate pair in a text
            }
        }
    }

    /// <summary>Reads the body.</summary>
    /// <param name="type">What it is.</param>
    /// <exception cref="JsonException">It is not.</exception>
    public T Read<T>(JsonTypeInfo<T> type) => JsonSerializer.Deserialize(Body, type) ?? throw new JsonException("null");

    /// <summary>What a stranger's service says must not be a command to the terminal.</summary>
    /// <param name="message">What it says.</param>
    public static string Harmless(string message) =>
        string.Concat(message.Take(LongestMessage).Select(character => char.IsControl(character) ? ' ' : character));
}
