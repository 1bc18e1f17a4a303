namespace OpenEntropy.Assessment.Restart;

/// <summary>The samples of a restart test (SP 800-90B, 3.1.4.1): 1,000 from each of 1,000 restarts, a row for each restart.</summary>
public sealed class RestartData
{
    /// <summary>r = c, the number of restarts and of samples from each.</summary>
    public const int Size = 1_000;

    private RestartData(SampleSet rows, SampleSet columns) => (Rows, Columns) = (rows, columns);

    /// <summary>The row dataset: the samples of the first restart, of the second, and so on.</summary>
    public SampleSet Rows { get; }

    /// <summary>The column dataset: the first sample of every restart, the second of every restart, and so on.</summary>
    public SampleSet Columns { get; }

    /// <summary>Takes a copy of samples.</summary>
    /// <param name="samples">The row dataset, one sample a byte: sample j of restart i at 1,000 i + j.</param>
    /// <param name="symbolBits">The declared width, 1 to 8 bits; null: up to the highest bit in use.</param>
    /// <exception cref="AssessmentInputException">There are not 1,000,000 samples, or nothing can be said of them.</exception>
    public static RestartData FromRows(ReadOnlySpan<byte> samples, int? symbolBits = null)
    {
        if (samples.Length != Size * Size)
            throw new AssessmentInputException(
                $"A restart test needs {Size:N0} samples from each of {Size:N0} restarts, {Size * Size:N0} in all; these are {samples.Length:N0}."
            );
        var transposed = GC.AllocateUninitializedArray<byte>(samples.Length);
        for (var row = 0; row < Size; row++)
        {
            for (var column = 0; column < Size; column++)
                transposed[(column * Size) + row] = samples[(row * Size) + column];
        }

        return new RestartData(SampleSet.FromSamples(samples, symbolBits), SampleSet.FromSamples(transposed, symbolBits));
    }

    /// <summary>The greatest count of one symbol in one stretch of 1,000 samples of a dataset.</summary>
    internal static int MaximumCount(SampleSet dataset)
    {
        Span<int> counts = stackalloc int[1 << SampleSet.MaximumSymbolBits];
        var most = 0;
        for (var start = 0; start < dataset.Length; start += Size)
        {
            counts.Clear();
            foreach (var symbol in dataset.Symbols.Slice(start, Size))
                most = Math.Max(most, ++counts[symbol]);
        }

        return most;
    }
}
