using System.Buffers.Binary;
using System.Security.Cryptography;
using OpenEntropy.Pqc.Hashing;

namespace OpenEntropy.Pqc.MlDsa;

/// <summary>
/// Secret vectors from seeds: FIPS 204, 7.3. The time of <see cref="ExpandSecrets"/> shows how many candidates were refused and where, which the
/// algorithm brings with it; it shows nothing of those that were taken. That of <see cref="ExpandMask"/> shows nothing.
/// </summary>
internal static class SecretSampling
{
    private const int Size = NumberTheoreticTransform.Size;

    /// <summary>Algorithm 33, ExpandS.</summary>
    /// <param name="parameters">Rows, columns and η.</param>
    /// <param name="seed">ρ', 64 bytes.</param>
    /// <param name="secrets">s1, then s2: coefficients from -η to η.</param>
    public static void ExpandSecrets(MlDsaParameters parameters, ReadOnlySpan<byte> seed, Span<int> secrets)
    {
        for (var index = 0; index < parameters.Columns + parameters.Rows; index++)
            SampleSecret(parameters.Eta, seed, (ushort)index, secrets.Slice(index * Size, Size));
    }

    /// <summary>Algorithm 34, ExpandMask.</summary>
    /// <param name="parameters">Columns and γ1.</param>
    /// <param name="seed">ρ'', 64 bytes.</param>
    /// <param name="counter">κ.</param>
    /// <param name="mask">y: coefficients from -γ1 + 1 to γ1.</param>
    public static void ExpandMask(MlDsaParameters parameters, ReadOnlySpan<byte> seed, int counter, Span<int> mask)
    {
        Span<byte> packed = stackalloc byte[BitPacking.Bytes(parameters.ResponseBits)];
        for (var column = 0; column < parameters.Columns; column++)
        {
            var sponge = Sponge.Shake256();
            Absorb(ref sponge, seed, (ushort)(counter + column));
            sponge.Squeeze(packed);
            sponge.Clear();
            BitPacking.UnpackBelow(packed, parameters.Gamma1, parameters.ResponseBits, mask.Slice(column * Size, Size));
        }

        CryptographicOperations.ZeroMemory(packed);
    }

    // Algorithm 31, RejBoundedPoly.
    private static void SampleSecret(int eta, ReadOnlySpan<byte> seed, ushort nonce, Span<int> polynomial)
    {
        var sponge = Sponge.Shake256();
        Absorb(ref sponge, seed, nonce);
        Span<byte> block = stackalloc byte[sponge.Rate];
        var count = 0;
        while (count < Size)
        {
            sponge.Squeeze(block);
            for (var at = 0; at < block.Length; at++)
            {
                count = Take(eta, block[at] & 0x0F, polynomial, count);
                count = Take(eta, block[at] >> 4, polynomial, count);
            }
        }

        sponge.Clear();
        CryptographicOperations.ZeroMemory(block);
    }

    // Algorithm 15, CoeffFromHalfByte. Written in any case, counted only where it is taken: no branch is told apart.
    private static int Take(int eta, int half, Span<int> polynomial, int count)
    {
        if (count == Size)
            return count; // known from the refused ones
        var (limit, value) = eta == 2 ? (15, 2 - ModuloFive(half)) : (9, 4 - half);
        polynomial[count] = value;
        return count + (int)((uint)(half - limit) >> 31);
    }

    // 13/64 lies between 1/5 and 1/5 + 1/(5·14): right for 0 to 14, and 15 is refused.
    private static int ModuloFive(int half) => half - (5 * ((13 * half) >> 6));

    // By reference: a sponge returned would leave a copy of the seed behind.
    private static void Absorb(ref Sponge sponge, ReadOnlySpan<byte> seed, ushort nonce)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, nonce);
        sponge.Absorb(seed);
        sponge.Absorb(bytes);
    }
}
