using System.Security.Cryptography;
using System.Text;

namespace OpenEntropy.Server.Security;

/// <summary>
/// The operator's key as requests present it: <c>Authorization: Bearer KEY</c> (RFC 6750, 2.1) or <c>x-api-key: KEY</c>. Digests are compared, in a time
/// that tells nothing of where they differ; the key itself is known to its owner alone.
/// </summary>
internal static class OperatorKey
{
    /// <summary>The fewest characters of a key.</summary>
    public const int Shortest = 32;

    /// <summary>The header beside Authorization.</summary>
    public const string Header = "x-api-key";

    private const string Scheme = "Bearer";

    /// <summary>What a request presents as keys, right or wrong. Another scheme of Authorization is another's and presents none.</summary>
    /// <param name="request">The request.</param>
    public static List<string> Presented(HttpRequest request)
    {
        var keys = new List<string>();
        foreach (var value in request.Headers.Authorization)
        {
            var parts = (value ?? "").Split(' ', 2, StringSplitOptions.TrimEntries);
            if (parts[0].Equals(Scheme, StringComparison.OrdinalIgnoreCase))
            {
                keys.Add(parts.Length == 2 ? parts[1] : "");
            }
        }

        keys.AddRange(request.Headers[Header].Select(static key => key ?? ""));
        return keys;
    }

    /// <summary>Whether a text is the key. One that is too short never is, whatever digest was configured.</summary>
    /// <param name="key">The text.</param>
    /// <param name="digest">The key's SHA-256 in hexadecimal.</param>
    public static bool Matches(string key, string digest) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(key)), Convert.FromHexString(digest))
        && key.Length >= Shortest;
}
