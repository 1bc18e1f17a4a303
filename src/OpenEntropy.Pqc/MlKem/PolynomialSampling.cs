using System.Buffers.Binary;
using System.Security.Cryptography;
using OpenEntropy.Pqc.Hashing;

namespace OpenEntropy.Pqc.MlKem;

/// <summary>Polynomials out of seeds: FIPS 203, 4.2.2.</summary>
internal static class PolynomialSampling
{
    private const int MaximumNoiseBytes = 64 * 3;

    /// <summary>Algorithm 7, SampleNTT: an element of the matrix. How long it takes depends on the seed, which is public.</summary>
    /// <param name="rho">32 bytes.</param>
    /// <param name="first">The first index absorbed.</param>
    /// <param name="second">The second.</param>
    /// <param name="polynomial">Coefficients from 0 to q - 1.</param>
    public static void SampleUniform(ReadOnlySpan<byte> rho, int first, int second, Span<short> polynomial)
    {
        polynomial = polynomial[..NumberTheoreticTransform.Length];
        var xof = Sponge.Shake128();
        xof.Absorb(rho);
        xof.Absorb([(byte)first, (byte)second]);
        Span<byte> block = stackalloc byte[168]; // one block of SHAKE128, a multiple of the 3 bytes for two candidates
        var count = 0;
        while (count < polynomial.Length)
        {
            xof.Squeeze(block);
            for (var at = 0; at < block.Length - 2; at += 3)
            {
                var pair = block[at] | (block[at + 1] << 8) | (block[at + 2] << 16);
                var (low, high) = (pair & 0xFFF, pair >> 12);
                if (low < Field.Q && count < polynomial.Length)
                    polynomial[count++] = (short)low;
                if (high < Field.Q && count < polynomial.Length)
                    polynomial[count++] = (short)high;
            }
        }
    }

    /// <summary>PRF_η (4.1) and Algorithm 8, SamplePolyCBD_η, with N = first, first + 1, … for one polynomial after the other.</summary>
    /// <param name="seed">32 bytes, secret.</param>
    /// <param name="first">N of the first polynomial.</param>
    /// <param name="eta">η: 2 or 3.</param>
    /// <param name="polynomials">Coefficients from -η to η.</param>
    public static void SampleNoise(ReadOnlySpan<byte> seed, int first, int eta, Span<short> polynomials)
    {
        Span<byte> buffer = stackalloc byte[MaximumNoiseBytes];
        var bytes = buffer[..(64 * eta)];
        for (; !polynomials.IsEmpty; polynomials = polynomials[NumberTheoreticTransform.Length..])
        {
            var prf = Sponge.Shake256();
            prf.Absorb(seed);
            prf.Absorb([(byte)first++]);
            prf.Squeeze(bytes);
            prf.Clear();
            var polynomial = polynomials[..NumberTheoreticTransform.Length];
            if (eta == 2)
                SampleOfTwo(bytes, polynomial);
            else
                SampleOfThree(bytes, polynomial);
        }

        CryptographicOperations.ZeroMemory(buffer);
    }

    // Four bits a coefficient: two, less two others.
    private static void SampleOfTwo(ReadOnlySpan<byte> bytes, Span<short> polynomial)
    {
        for (var i = 0; i < polynomial.Length; i += 8)
        {
            var word = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(i / 2)..]);
            var sums = (word & 0x55555555) + ((word >> 1) & 0x55555555);
            var eight = polynomial.Slice(i, 8);
            for (var j = 0; j < eight.Length; j++, sums >>= 4)
                eight[j] = (short)((int)(sums & 3) - (int)((sums >> 2) & 3));
        }
    }

    // Six bits a coefficient: three, less three others.
    private static void SampleOfThree(ReadOnlySpan<byte> bytes, Span<short> polynomial)
    {
        const uint Thirds = 0b001001001001001001001001;
        for (var i = 0; i < polynomial.Length; i += 4)
        {
            var three = bytes.Slice(i / 4 * 3, 3);
            var word = (uint)(three[0] | (three[1] << 8) | (three[2] << 16));
            var sums = (word & Thirds) + ((word >> 1) & Thirds) + ((word >> 2) & Thirds);
            var four = polynomial.Slice(i, 4);
            for (var j = 0; j < four.Length; j++, sums >>= 6)
                four[j] = (short)((int)(sums & 7) - (int)((sums >> 3) & 7));
        }
    }
}
