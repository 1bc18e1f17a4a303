using System.Security.Cryptography;

namespace OpenEntropy.Server.Dashboard;

/// <summary>One file of the live page.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="ETag">A strong validator (RFC 9110, 8.8.3) that is the content's alone, quotes included.</param>
internal sealed record PageFile(byte[] Content, string ContentType, string ETag)
{
    private const int TagBytes = 16;

    /// <summary>A file by its name and content.</summary>
    /// <param name="name">Its name, whose ending tells the type.</param>
    /// <param name="content">Its bytes.</param>
    public static PageFile Of(string name, byte[] content) =>
        new(content, TypeOf(name), $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, TagBytes))}\"");

    private static string TypeOf(string name) =>
        Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".png" => "image/png",
            ".json" => "application/json",
            ".txt" or ".md" or "" => "text/plain; charset=utf-8",
            _ => "application/octet-stream",
        };
}
