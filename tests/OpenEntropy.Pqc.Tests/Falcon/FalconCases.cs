using System.Security.Cryptography;
using System.Text;
using OpenEntropy.Pqc.Falcon;

namespace OpenEntropy.Pqc.Tests.Falcon;

/// <summary>Keys and bytes that are the same in every run: bytes are SHAKE256 of a name.</summary>
internal static class FalconCases
{
    private static readonly Dictionary<string, FalconParameters> s_sets = new(StringComparer.Ordinal)
    {
        ["Falcon-512"] = FalconParameters.Falcon512,
        ["Falcon-1024"] = FalconParameters.Falcon1024,
    };

    public static FalconParameters Set(string name) => s_sets[name];

    public static byte[] Bytes(string name, int length) => Shake256.HashData(Encoding.UTF8.GetBytes(name), length);

    /// <summary>Randomness that never repeats: block after block of SHAKE256.</summary>
    public static RandomBytes Randomness(string name)
    {
        var count = 0;
        return target => Bytes($"{name} {count++}", target.Length).CopyTo(target);
    }

    public static FalconPrivateKey Key(string set, string name = "key") =>
        FalconKeyGenerator.Generate(Set(set), Bytes($"{set} {name}", FalconKeyGenerator.SeedBytes));

    /// <summary>A private key, its signer and a signature of a message: what most tests of refusal begin with.</summary>
    public static (FalconPrivateKey Key, byte[] Message, byte[] Signature) Signed(
        string set,
        FalconSignatureFormat format,
        string name = "signed"
    )
    {
        var key = Key(set, name);
        using var signer = new FalconSigner(key);
        var message = Bytes($"{name} message", 57);
        return (key, message, signer.Sign(message, format, Randomness(name)));
    }
}
