using System.Text;
using OpenEntropy.Pqc.Hashing;
using OpenEntropy.Pqc.MlKem;

namespace OpenEntropy.Pqc.Tests.MlKem;

/// <summary>A key pair in arrays, with what it does; and bytes that are the same in every run.</summary>
internal sealed record Pair(MlKemParameters Parameters, byte[] Public, byte[] Secret)
{
    public static MlKemParameters Set(string name) => MlKemParameters.All.Single(set => set.Name == name);

    public static Pair Of(MlKemParameters parameters, byte[] seed)
    {
        var pair = new Pair(parameters, new byte[parameters.EncapsulationKeyBytes], new byte[parameters.DecapsulationKeyBytes]);
        MlKemFunctions.GenerateKeys(parameters, seed, pair.Public, pair.Secret);
        return pair;
    }

    public (byte[] Ciphertext, byte[] Secret) Encapsulate(byte[] message)
    {
        var (ciphertext, secret) = (new byte[Parameters.CiphertextBytes], new byte[32]);
        MlKemFunctions.Encapsulate(Parameters, Public, message, ciphertext, secret);
        return (ciphertext, secret);
    }

    public byte[] Decapsulate(byte[] ciphertext)
    {
        var secret = new byte[32];
        MlKemFunctions.Decapsulate(Parameters, Secret, ciphertext, secret);
        return secret;
    }

    /// <summary>SHAKE256 of a text: what stands for random in the tests.</summary>
    public static byte[] Bytes(int count, params object[] name)
    {
        var sponge = Sponge.Shake256();
        sponge.Absorb(Encoding.UTF8.GetBytes(string.Join('/', name)));
        var bytes = new byte[count];
        sponge.Squeeze(bytes);
        return bytes;
    }
}
