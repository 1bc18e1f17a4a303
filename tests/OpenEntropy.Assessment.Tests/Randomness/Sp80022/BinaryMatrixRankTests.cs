using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Assessment.Randomness.Sp80022;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Randomness.Sp80022;

public sealed class BinaryMatrixRankTests
{
    [Fact]
    public void Rank_OfRandomAndOfSingularMatrices_IsThatOfGaussianElimination()
    {
        var seen = new HashSet<int>();
        for (var seed = 0UL; seed < 400; seed++)
        {
            var size = (int)(seed % 32) + 1;
            var rows = Rows(BitSources.Bits(seed % 2 == 0 ? "fair" : "sticky", size * size, 100 + seed), size);
            if (seed % 3 == 0)
                rows[^1] = rows[0] ^ rows[size / 2];

            var expected = ReferenceRank(rows, size);
            seen.Add(size - expected);
            Assert.Equal(expected, BinaryMatrixRankTest.Rank((uint[])rows.Clone()));
        }

        Assert.True(seen.Count > 5);
    }

    [Fact]
    public void Probability_OfAllRanks_AddsUpToOneAndIsThePublications()
    {
        Assert.Equal(1, Enumerable.Range(0, 33).Sum(rank => BinaryMatrixRankTest.Probability(rank, 32, 32)), 1e-14);
        Assert.Equal(0.2888, BinaryMatrixRankTest.Probability(32, 32, 32), 5e-5);
        Assert.Equal(0.5776, BinaryMatrixRankTest.Probability(31, 32, 32), 5e-5);
    }

    [Fact]
    public void Run_OfZeros_CountsNoMatrixOfHighRank()
    {
        var result = new BinaryMatrixRankTest().Run(BitSequence.FromBits(new byte[40_000]), new RandomnessOptions());

        Assert.Equal([39, 0, 0], result.Statistics.Take(3).Select(statistic => statistic.Value));
        Assert.InRange(result.PValues.Single().Value, 0, 1e-50);
    }

    [Fact]
    public void Run_OfTooFewBits_SaysHowManyAreNeeded()
    {
        var result = new BinaryMatrixRankTest().Run(BitSequence.FromBits(new byte[38_911]), new RandomnessOptions());

        Assert.Empty(result.PValues);
        Assert.Contains("38,912", result.Inapplicable, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OfRowsThatRepeat_FindsTheDependence()
    {
        // Every second row is the one before it again: no rank is above 16.
        var bits = BitSources.Bits("fair", 65_536, 9);
        for (var row = 1; row < bits.Length / 32; row += 2)
            bits.AsSpan((row - 1) * 32, 32).CopyTo(bits.AsSpan(row * 32));

        var result = new BinaryMatrixRankTest().Run(BitSequence.FromBits(bits), new RandomnessOptions());

        Assert.Equal([64, 0, 0], result.Statistics.Take(3).Select(statistic => statistic.Value));
    }

    private static uint[] Rows(byte[] bits, int size) =>
        bits.Chunk(size).Select(row => row.Select((bit, column) => (uint)bit << column).Aggregate((x, y) => x | y)).ToArray();

    private static int ReferenceRank(uint[] rows, int size)
    {
        var matrix = rows.Select(row => Enumerable.Range(0, size).Select(column => ((row >> column) & 1) != 0).ToArray()).ToArray();
        var rank = 0;
        for (var column = 0; column < size; column++)
        {
            var pivot = Array.FindIndex(matrix, rank, row => row[column]);
            if (pivot < 0)
                continue;
            (matrix[rank], matrix[pivot]) = (matrix[pivot], matrix[rank]);
            for (var row = rank + 1; row < size; row++)
            {
                if (matrix[row][column])
                    matrix[row] = matrix[row].Zip(matrix[rank], (x, y) => x ^ y).ToArray();
            }

            rank++;
        }

        return rank;
    }
}
