namespace OpenEntropy.Assessment.Numerics;

/// <summary>
/// Discrete Fourier transforms of lengths 4 M for any M: every fourth number is transformed by <see cref="ChirpTransform"/>, and a stage of radix
/// 4 puts the four together. That takes less than half the memory of a chirp transform of the whole, and bytes always have such a length.
/// </summary>
internal static class QuarteredTransform
{
    /// <summary>The radix.</summary>
    public const int Parts = 4;

    /// <summary>How many places are worked on between two checkpoints, about a millisecond's work.</summary>
    private const int CheckpointInterval = 1 << 14;

    /// <summary>X_k = Σ x_j e^(−2πijk/4M).</summary>
    /// <param name="data">The 4 M numbers.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    public static SplitComplex Forward(SplitComplex data, Checkpoint? checkpoint)
    {
        var result = SplitComplex.Zeros(data.Length);
        TransformParts(data, result, checkpoint);
        Combine(result, checkpoint);
        return result;
    }

    /// <summary>Of the numbers at p, 4 + p, 8 + p, … the transform, to the place of the p-th quarter.</summary>
    private static void TransformParts(SplitComplex data, SplitComplex result, Checkpoint? checkpoint)
    {
        var length = data.Length / Parts;
        var transform = new ChirpTransform(length, length, checkpoint);
        var part = SplitComplex.Zeros(length);
        for (var p = 0; p < Parts; p++)
        {
            for (var j = 0; j < length; j++)
            {
                (part.Re[j], part.Im[j]) = (data.Re[(Parts * j) + p], data.Im[(Parts * j) + p]);
                if (j % CheckpointInterval == 0)
                    checkpoint?.Invoke();
            }

            var transformed = transform.Forward(part);
            transformed.Re.CopyTo(result.Re, p * length);
            transformed.Im.CopyTo(result.Im, p * length);
        }
    }

    /// <summary>The last stage: four numbers, one of each quarter, become the four that stand in their places.</summary>
    private static void Combine(SplitComplex quarters, Checkpoint? checkpoint)
    {
        var (re, im) = quarters;
        var length = re.Length / Parts;
        var roots = new UnitRoots(re.Length);
        for (var k = 0; k < length; k++)
        {
            var (at1, at2, at3) = (k + length, k + (2 * length), k + (3 * length));
            var (re1, im1) = Product(roots[k], (re[at1], im[at1]));
            var (re2, im2) = Product(roots[2L * k], (re[at2], im[at2]));
            var (re3, im3) = Product(roots[3L * k], (re[at3], im[at3]));
            var (sum02Re, sum02Im, difference02Re, difference02Im) = (re[k] + re2, im[k] + im2, re[k] - re2, im[k] - im2);
            var (sum13Re, sum13Im, difference13Re, difference13Im) = (re1 + re3, im1 + im3, re1 - re3, im1 - im3);
            (re[k], im[k]) = (sum02Re + sum13Re, sum02Im + sum13Im);
            // A factor of −i.
            (re[at1], im[at1]) = (difference02Re + difference13Im, difference02Im - difference13Re);
            (re[at2], im[at2]) = (sum02Re - sum13Re, sum02Im - sum13Im);
            (re[at3], im[at3]) = (difference02Re - difference13Im, difference02Im + difference13Re);
            if (k % CheckpointInterval == 0)
                checkpoint?.Invoke();
        }
    }

    private static (double Re, double Im) Product((double Re, double Im) x, (double Re, double Im) y) =>
        ((x.Re * y.Re) - (x.Im * y.Im), (x.Re * y.Im) + (x.Im * y.Re));
}
