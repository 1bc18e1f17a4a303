using OpenEntropy.Pqc.Hashing;

namespace OpenEntropy.Pqc.MlKem;

/// <summary>The hash functions of FIPS 203, 4.1, and of Kyber. Nothing of a state is left behind.</summary>
internal static class MlKemHashes
{
    /// <summary>Bytes of <see cref="H"/> and of <see cref="J"/>.</summary>
    public const int Bytes = 32;

    /// <summary>H: SHA3-256.</summary>
    /// <param name="input">Any length.</param>
    /// <param name="output">32 bytes.</param>
    public static void H(ReadOnlySpan<byte> input, Span<byte> output)
    {
        var sponge = Sponge.Sha3Of256();
        Run(ref sponge, input, [], output[..Bytes]);
    }

    /// <summary>G: SHA3-512 of two strings one after the other.</summary>
    /// <param name="first">Any length.</param>
    /// <param name="second">Any length.</param>
    /// <param name="output">64 bytes.</param>
    public static void G(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> output)
    {
        var sponge = Sponge.Sha3Of512();
        Run(ref sponge, first, second, output[..(2 * Bytes)]);
    }

    /// <summary>J, which Kyber calls KDF: the first 32 bytes of SHAKE256 of two strings one after the other.</summary>
    /// <param name="first">Any length.</param>
    /// <param name="second">Any length.</param>
    /// <param name="output">32 bytes.</param>
    public static void J(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> output)
    {
        var sponge = Sponge.Shake256();
        Run(ref sponge, first, second, output[..Bytes]);
    }

    private static void Run(ref Sponge sponge, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> output)
    {
        sponge.Absorb(first);
        sponge.Absorb(second);
        sponge.Squeeze(output);
        sponge.Clear();
    }
}
