namespace OpenEntropy.Assessment.Randomness.Sp80022;

/// <summary>The classes of the longest run of ones in a block, SP 800-22 Rev. 1a, 2.4.2, 2.4.4 and 3.4.</summary>
/// <param name="BlockLength">M, bits.</param>
/// <param name="Shortest">The first class holds this length and all below; each further class one length, the last also all above.</param>
/// <param name="Printed">π of the classes as NIST's program has them.</param>
internal sealed record LongestRunClasses(int BlockLength, int Shortest, IReadOnlyList<double> Printed)
{
    private static readonly LongestRunClasses Short = new(8, 1, [0.21484375, 0.3671875, 0.23046875, 0.1875]);

    private static readonly LongestRunClasses Medium = new(
        128,
        4,
        [0.1174035788, 0.242955959, 0.249363483, 0.17517706, 0.102701071, 0.112398847]
    );

    private static readonly LongestRunClasses Long = new(10_000, 10, [0.0882, 0.2092, 0.2483, 0.1933, 0.1208, 0.0675, 0.0727]);

    /// <summary>The classes for a sequence of n bits.</summary>
    public static LongestRunClasses For(int n) =>
        n switch
        {
            < 6_272 => Short,
            < 750_000 => Medium,
            _ => Long,
        };

    /// <summary>π of the classes, computed.</summary>
    public IReadOnlyList<double> Exact()
    {
        var probabilities = new double[Printed.Count];
        var below = 0.0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            var upTo = i < probabilities.Length - 1 ? NoLongerThan(Shortest + i) : 1;
            probabilities[i] = upTo - below;
            below = upTo;
        }

        return probabilities;
    }

    /// <summary>The probability that no run of ones among M fair bits is longer than a length.</summary>
    private double NoLongerThan(int length)
    {
        // Of t bits the first t − 1 must do, and the last length + 2 must not be the first such run: a zero, then ones only.
        var probability = new double[BlockLength + 1];
        probability.AsSpan(0, length + 1).Fill(1);
        probability[length + 1] = 1 - Math.ScaleB(1, -(length + 1));
        for (var t = length + 2; t <= BlockLength; t++)
            probability[t] = probability[t - 1] - (Math.ScaleB(1, -(length + 2)) * probability[t - length - 2]);
        return probability[BlockLength];
    }
}
