using System.Buffers.Binary;
using OpenEntropy.Pqc.Hashing;

namespace OpenEntropy.Pqc.Falcon;

/// <summary>
/// Algorithm 3: the polynomial of a salt and a message. The rejected words show in the time taken, so it tells a little of the hash of a message that
/// is kept secret, and nothing of a key.
/// </summary>
internal static class HashToPoint
{
    private const uint Limit = 65536 / FalconParameters.Modulus * FalconParameters.Modulus; // k q, the greatest multiple of q in 16 bits

    /// <summary>Fills n coefficients, each below q.</summary>
    public static void Compute(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> message, Span<uint> point)
    {
        var sponge = Sponge.Shake256();
        sponge.Absorb(salt);
        sponge.Absorb(message);
        Span<byte> block = stackalloc byte[sponge.Rate];
        for (var (filled, at) = (0, block.Length); filled < point.Length; at += 2)
        {
            if (at == block.Length)
            {
                sponge.Squeeze(block);
                at = 0;
            }
            uint word = BinaryPrimitives.ReadUInt16BigEndian(block[at..]);
            if (word < Limit)
                point[filled++] = word % FalconParameters.Modulus;
        }
    }
}
