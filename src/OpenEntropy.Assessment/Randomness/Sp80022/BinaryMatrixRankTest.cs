using System.Runtime.InteropServices;
using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Sp80022;

/// <summary>
/// Linear dependence between pieces of the sequence: the ranks over GF(2) of disjoint 32 × 32 matrices, filled row by row. Both modes agree.
/// </summary>
internal sealed class BinaryMatrixRankTest : RandomnessTest
{
    /// <summary>M = Q, the rows and columns of a matrix.</summary>
    private const int Size = 32;

    /// <summary>The fewest matrices, 2.5.7: at least 5 are then expected in every class.</summary>
    private const int MinimumMatrices = 38;

    /// <summary>Matrices between two checkpoints, about a millisecond's work.</summary>
    private const int CheckpointInterval = 1 << 12;

    public override string Name => "Binary matrix rank";

    public override string Source => "SP 800-22 Rev. 1a, 2.5";

    public override int MinimumBits => MinimumMatrices * Size * Size;

    /// <summary>SP 800-22 Rev. 1a, 3.5: the probability that a random M × Q matrix over GF(2) has a rank.</summary>
    /// <param name="rank">r, 0 … min(M, Q).</param>
    /// <param name="rows">M.</param>
    /// <param name="columns">Q.</param>
    internal static double Probability(int rank, int rows, int columns)
    {
        var probability = Math.ScaleB(1, (rank * (columns + rows - rank)) - (rows * columns));
        for (var i = 0; i < rank; i++)
            probability *= (1 - Math.ScaleB(1, i - columns)) * (1 - Math.ScaleB(1, i - rows)) / (1 - Math.ScaleB(1, i - rank));
        return probability;
    }

    /// <summary>The rank over GF(2) of a matrix of up to 32 columns.</summary>
    /// <param name="rows">Its rows, a bit a column; destroyed.</param>
    internal static int Rank(Span<uint> rows)
    {
        var rank = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var pivot = rows[i];
            if (pivot == 0)
                continue;
            rank++;
            var column = System.Numerics.BitOperations.TrailingZeroCount(pivot);
            for (var j = i + 1; j < rows.Length; j++)
                rows[j] ^= pivot & (0 - ((rows[j] >> column) & 1)); // Without a branch, which would be a coin's toss.
        }

        return rank;
    }

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        // Step 1.
        var matrices = bits.Length / (Size * Size);

        // Steps 2 and 3.
        var (full, oneLess) = (0, 0);
        Span<ulong> matrix = stackalloc ulong[Size / 2];
        for (var k = 0; k < matrices; k++)
        {
            bits.Words.Slice(k * matrix.Length, matrix.Length).CopyTo(matrix);
            var rank = Rank(MemoryMarshal.Cast<ulong, uint>(matrix));
            full += rank == Size ? 1 : 0;
            oneLess += rank == Size - 1 ? 1 : 0;
            if (k % CheckpointInterval == 0)
                options.Checkpoint?.Invoke();
        }

        // Step 4.
        ReadOnlySpan<int> observed = [full, oneLess, matrices - full - oneLess];
        var (pFull, pOneLess) = (Probability(Size, Size, Size), Probability(Size - 1, Size, Size));
        var chiSquared = GoodnessOfFit.ChiSquared(observed, [pFull, pOneLess, 1 - (pFull + pOneLess)]);

        // Step 5.
        return Applied(
            Distributions.UpperIncompleteGammaRatio(1, chiSquared / 2),
            new Statistic("N", matrices),
            new Statistic("F_M", full),
            new Statistic("F_M-1", oneLess),
            new Statistic("Chi^2", chiSquared)
        );
    }
}
