using OpenEntropy.Drbg;
using OpenEntropy.Tests.Scripted;
using OpenEntropy.Values;

namespace OpenEntropy.Tests.Values;

/// <summary>Supplies that give the same bytes in every run.</summary>
internal static class ScriptedSupply
{
    /// <summary>These bytes and no more.</summary>
    public static ByteSupply Of(params byte[] bytes) => ByteSupply.Replay(bytes);

    /// <summary>These bytes and no more, written in hexadecimal digits.</summary>
    public static ByteSupply OfHex(string digits) => ByteSupply.Replay(Convert.FromHexString(digits));

    /// <summary>The output of our own generator from a fixed seed: what is served, but the same in every run.</summary>
    public static ByteSupply OfGenerator(int seed)
    {
        var drbg = new CtrDrbg();
        drbg.Instantiate(ScriptedBytes.Of(CtrDrbg.SeedBytes, seed), []);
        return new ByteSupply(destination => drbg.Generate(destination, []), CtrDrbg.MaximumRequestBytes);
    }
}
