using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OpenEntropy.Receipts;

/// <summary>The name of a key that follows from the key: RFC 7638.</summary>
internal static class JwkThumbprint
{
    /// <summary>RFC 7638, 3: SHA-256 over the required members, sorted by name, without white space; base64url, 43 characters.</summary>
    /// <param name="members">Name and value of each required member; ASCII that needs no escape.</param>
    public static string Of(params (string Name, string Value)[] members)
    {
        var sorted = members
            .OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => $"\"{member.Name}\":\"{member.Value}\"");
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($"{{{string.Join(',', sorted)}}}")));
    }

    /// <summary>Of a key on P-256 (RFC 7638, 3.2).</summary>
    /// <param name="x">32 bytes.</param>
    /// <param name="y">32 bytes.</param>
    public static string OfP256(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y) =>
        Of(("kty", "EC"), ("crv", "P-256"), ("x", Base64Url.EncodeToString(x)), ("y", Base64Url.EncodeToString(y)));
}
