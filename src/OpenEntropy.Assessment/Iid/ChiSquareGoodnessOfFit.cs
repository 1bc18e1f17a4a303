using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Iid;

/// <summary>SP 800-90B, 5.2.2 and 5.2.4: are samples distributed alike in ten parts of the sequence?</summary>
public static class ChiSquareGoodnessOfFit
{
    /// <summary>The number of parts; the samples left over after ten equal ones are not looked at.</summary>
    public const int Parts = 10;

    private const string Name = "Chi-square goodness of fit";

    /// <summary>Runs the test.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="checkpoint">Called for every symbol and every part.</param>
    /// <exception cref="AssessmentInputException">There are fewer samples than parts.</exception>
    /// <exception cref="OperationCanceledException">The checkpoint ended it.</exception>
    public static ChiSquareResult Run(SampleSet samples, Checkpoint? checkpoint = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Length < Parts)
            throw new AssessmentInputException(
                $"The chi-square goodness-of-fit test compares {Parts} parts of the samples: it needs at least {Parts}, there are {samples.Length}."
            );
        return samples.IsBinary ? OfBits(samples.Symbols, checkpoint) : OfSymbols(samples, checkpoint);
    }

    private static ChiSquareResult OfSymbols(SampleSet samples, Checkpoint? checkpoint)
    {
        // Steps 1 and 2. The expectation of each symbol in a part, and bins of 5 at least.
        var expectations = SymbolProportions.Accumulated(samples, checkpoint);
        var inPart = Math.Floor(samples.Length / (double)Parts);
        foreach (ref var expectation in expectations.AsSpan())
            expectation *= inPart;
        var bins = ChiSquareBins.Group(expectations);

        // Steps 3 to 5. T is the sum over the parts.
        var statistic = 0.0;
        var length = samples.Length / Parts;
        for (var part = 0; part < Parts; part++)
        {
            checkpoint?.Invoke();
            statistic += bins.Statistic(SymbolProportions.Counts(samples.Symbols.Slice(part * length, length), samples.AlphabetSize));
        }

        // Step 6.
        return new ChiSquareResult(Name, "5.2.2", statistic, (Parts - 1) * (bins.Count - 1));
    }

    private static ChiSquareResult OfBits(ReadOnlySpan<byte> bits, Checkpoint? checkpoint)
    {
        // Steps 1 and 2. The proportion of ones, and what it lets expect of a part.
        var length = bits.Length / Parts;
        var proportion = (double)bits.Count((byte)1) / bits.Length;
        double[] expectations = [(1.0 - proportion) * length, proportion * length];

        // Steps 3 and 4.
        var statistic = 0.0;
        for (var part = 0; part < Parts; part++)
        {
            checkpoint?.Invoke();
            var ones = bits.Slice(part * length, length).Count((byte)1);
            statistic += GoodnessOfFit.ChiSquaredOf([length - ones, ones], expectations);
        }

        return new ChiSquareResult(Name, "5.2.4", statistic, Parts - 1);
    }
}
