using System.Security.Cryptography;
using System.Text;

namespace OpenEntropy.Server.Tests.Security;

/// <summary>The operator's key of these tests.</summary>
internal static class TestKey
{
    public const string Text = "0123456789abcdef-the-operators-key-of-these-tests";

    public static string Digest { get; } = DigestOf(Text);

    public static string DigestOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
