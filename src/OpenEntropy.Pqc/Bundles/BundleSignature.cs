using System.Buffers.Text;
using System.Text;

namespace OpenEntropy.Pqc.Bundles;

/// <summary>One signature of a JWS in JSON (RFC 7515, 7.2.1).</summary>
/// <param name="Protected">The protected header, base64url.</param>
/// <param name="Bytes">The signature.</param>
internal sealed record BundleSignature(string Protected, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The signing input: RFC 7515, 5.1, step 8.</summary>
    /// <param name="header">The protected header, base64url.</param>
    /// <param name="payload">The payload as it is.</param>
    public static byte[] Input(string header, ReadOnlySpan<byte> payload) =>
        Encoding.ASCII.GetBytes($"{header}.{Base64Url.EncodeToString(payload)}");
}
