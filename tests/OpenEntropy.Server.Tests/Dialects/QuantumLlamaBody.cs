using Xunit;

namespace OpenEntropy.Server.Tests.Dialects;

/// <summary>An answer as quantum-llama.cpp reads it, which has no parser of JSON.</summary>
internal static class QuantumLlamaBody
{
    /// <summary>Looks for the literal text, then takes every quoted text of an even number of hexadecimal digits, up to the end of the body.</summary>
    /// <param name="body">The answer.</param>
    public static byte[] Read(string body)
    {
        Assert.Contains("\"success\":true", body, StringComparison.Ordinal);
        var bytes = new List<byte>();
        var position = body.IndexOf('[', body.IndexOf("\"data\"", StringComparison.Ordinal));
        while (body.IndexOf('"', position) is var open and >= 0 && body.IndexOf('"', open + 1) is var close and >= 0)
        {
            var text = body[(open + 1)..close];
            position = close + 1;
            if (text.Length >= 2 && text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit))
            {
                bytes.AddRange(Convert.FromHexString(text));
            }
        }

        return [.. bytes];
    }
}
