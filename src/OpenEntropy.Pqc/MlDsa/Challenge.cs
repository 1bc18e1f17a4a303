using System.Buffers.Binary;
using OpenEntropy.Pqc.Hashing;

namespace OpenEntropy.Pqc.MlDsa;

/// <summary>The challenge polynomial. The time depends on c̃, which is part of a signature; of a refused try it tells nothing of the key.</summary>
internal static class Challenge
{
    /// <summary>Algorithm 29, SampleInBall.</summary>
    /// <param name="parameters">τ.</param>
    /// <param name="hash">c̃.</param>
    /// <param name="polynomial">Becomes τ coefficients of 1 or -1 among zeros.</param>
    public static void Sample(MlDsaParameters parameters, ReadOnlySpan<byte> hash, Span<int> polynomial)
    {
        polynomial.Clear();
        var sponge = Sponge.Shake256();
        sponge.Absorb(hash);
        Span<byte> block = stackalloc byte[sponge.Rate];
        sponge.Squeeze(block);
        var signs = BinaryPrimitives.ReadUInt64LittleEndian(block);
        var at = sizeof(ulong);
        for (var i = NumberTheoreticTransform.Size - parameters.Tau; i < NumberTheoreticTransform.Size; i++)
        {
            int j;
            do
            {
                if (at == block.Length)
                {
                    sponge.Squeeze(block);
                    at = 0;
                }

                j = block[at++];
            } while (j > i);

            polynomial[i] = polynomial[j];
            polynomial[j] = 1 - (2 * (int)(signs & 1));
            signs >>= 1;
        }
    }
}
