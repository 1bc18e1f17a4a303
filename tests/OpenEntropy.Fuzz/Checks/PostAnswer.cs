using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpenEntropy.Fuzz.Grammar;
using OpenEntropy.Fuzz.Http;

namespace OpenEntropy.Fuzz.Checks;

/// <summary>Whether a success of a route that takes a body is what was asked for.</summary>
internal static class PostAnswer
{
    private const int SeedDigits = 128;

    /// <summary>What is wrong with a bundle; null: nothing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="answer">A 200 or 201.</param>
    /// <param name="limits">Not looked at.</param>
    public static string? FindBundleFault(FuzzRequest request, RawAnswer answer, Limits limits)
    {
        if (answer.Header("Content-Type") != "application/json" || answer.Header("Location") is null)
            return "a bundle has another type, or no address";
        if (request.Body is { Content.Length: > 0 } body)
        {
            if (!body.IsJson)
                return "a body that is no JSON was accepted";
            using var asked = JsonDocument.Parse(BodyText.Bytes(body));
            if (asked.RootElement.ValueKind != JsonValueKind.Object)
                return "a body that is no object was accepted";
        }

        using var json = JsonDocument.Parse(answer.Body);
        var hasSecrets = json.RootElement.TryGetProperty("secret_keys", out _);
        var isBundle = json.RootElement.TryGetProperty("payload", out _);
        return isBundle && hasSecrets != (answer.Status == 201) ? "secret keys are missing, or told twice" : null;
    }

    /// <summary>What is wrong with a verification; null: nothing. No body that is tried is a bundle that somebody signed.</summary>
    /// <param name="request">The request.</param>
    /// <param name="answer">A 200.</param>
    /// <param name="limits">Not looked at.</param>
    public static string? FindVerificationFault(FuzzRequest request, RawAnswer answer, Limits limits)
    {
        using var json = JsonDocument.Parse(answer.Body);
        return json.RootElement.GetProperty("valid").GetBoolean() ? "a made-up bundle is valid"
            : json.RootElement.GetProperty("checks").EnumerateArray().All(check => check.GetProperty("ok").GetBoolean())
                ? "a bundle is not valid, and nothing says why"
            : null;
    }

    /// <summary>What is wrong with an answer to a challenge; null: nothing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="answer">A 200.</param>
    /// <param name="limits">Not looked at.</param>
    public static string? FindPollenFault(FuzzRequest request, RawAnswer answer, Limits limits)
    {
        var challenge = QueryText
            .Read(request.Body?.Content ?? "", longestEscaped: 256)
            .FirstOrDefault(field => field.Name == "challenge")
            .Value;
        if (challenge is not { Length: > 0 })
            return "what is no challenge was answered";
        var lines = Encoding.Latin1.GetString(answer.Body).Split('\n');
        return lines is not [var hash, var seed, ""] || seed.Length != SeedDigits || !seed.All(char.IsAsciiHexDigitLower)
                ? "the two lines are not two lines of digits"
            : hash != Convert.ToHexStringLower(SHA512.HashData(Encoding.UTF8.GetBytes(challenge))) ? "the first line is not the hash"
            : null;
    }
}
