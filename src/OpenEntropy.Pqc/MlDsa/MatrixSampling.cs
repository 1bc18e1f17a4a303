using System.Buffers.Binary;
using OpenEntropy.Pqc.Hashing;

namespace OpenEntropy.Pqc.MlDsa;

/// <summary>The public matrix from its seed: FIPS 204, 7.3. The time depends on ρ, which is public.</summary>
internal static class MatrixSampling
{
    private const int CandidateBytes = 3;

    /// <summary>Algorithm 32, ExpandA.</summary>
    /// <param name="parameters">Rows and columns.</param>
    /// <param name="rho">ρ, 32 bytes.</param>
    /// <returns>The polynomials row by row, transformed.</returns>
    public static int[] Expand(MlDsaParameters parameters, ReadOnlySpan<byte> rho)
    {
        var matrix = new int[parameters.Rows * parameters.Columns * NumberTheoreticTransform.Size];
        Span<byte> seed = stackalloc byte[MlDsaParameters.PartBytes + 2];
        rho.CopyTo(seed);
        for (var index = 0; index < parameters.Rows * parameters.Columns; index++)
        {
            (seed[^2], seed[^1]) = ((byte)(index % parameters.Columns), (byte)(index / parameters.Columns));
            Sample(seed, matrix.AsSpan(index * NumberTheoreticTransform.Size, NumberTheoreticTransform.Size));
        }

        return matrix;
    }

    // Algorithm 30, RejNTTPoly.
    private static void Sample(ReadOnlySpan<byte> seed, Span<int> polynomial)
    {
        var sponge = Sponge.Shake128();
        sponge.Absorb(seed);
        Span<byte> block = stackalloc byte[sponge.Rate]; // 56 candidates
        var count = 0;
        while (count < polynomial.Length)
        {
            sponge.Squeeze(block);
            for (var at = 0; at < block.Length && count < polynomial.Length; at += CandidateBytes)
            {
                // Algorithm 14, CoeffFromThreeBytes.
                var candidate = BinaryPrimitives.ReadUInt16LittleEndian(block[at..]) | ((block[at + 2] & 0x7F) << 16);
                if (candidate < ModQ.Q)
                    polynomial[count++] = candidate;
            }
        }
    }
}
