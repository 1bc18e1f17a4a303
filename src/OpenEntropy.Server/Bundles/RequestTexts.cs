using System.Text.Json;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Bundles;

/// <summary>Members of a request for a bundle that are texts.</summary>
internal static class RequestTexts
{
    /// <summary>Reads a text.</summary>
    /// <param name="name">The member.</param>
    /// <param name="reader">It stands at the value.</param>
    /// <param name="longest">The most characters, as Unicode counts them: code points.</param>
    /// <param name="text">The text.</param>
    /// <returns>Null when it stands.</returns>
    public static RequestError? ReadText(string name, ref Utf8JsonReader reader, int longest, out string? text)
    {
        text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return text is { Length: > 0 } && text.EnumerateRunes().Count() <= longest && !text.Any(char.IsControl)
            ? null
            : new RequestError(
                StatusCodes.Status400BadRequest,
                name,
                $"{name} must be a text of 1 to {longest} characters without control characters"
            );
    }

    /// <summary>Reads an array of texts.</summary>
    /// <param name="name">The member.</param>
    /// <param name="reader">It stands at the value, and then at its end.</param>
    /// <param name="texts">The texts.</param>
    /// <returns>Null when it stands.</returns>
    public static RequestError? ReadTexts(string name, ref Utf8JsonReader reader, out List<string>? texts)
    {
        texts = [];
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                texts.Add(reader.GetString()!);
            }

            if (reader.TokenType == JsonTokenType.EndArray && texts.Count is >= 1 and <= BundleKeyCheck.MostKeys)
            {
                return null;
            }
        }

        return new RequestError(StatusCodes.Status400BadRequest, name, $"{name} must be an array of 1 to {BundleKeyCheck.MostKeys} texts");
    }
}
