using OpenEntropy.Assessment.Suffixes;

namespace OpenEntropy.Assessment.NonIid;

/// <summary>The estimators of SP 800-90B, 6.3 over a set of samples: each a job of its own, several at once, those that take longest first.</summary>
internal sealed class EstimatorRun
{
    /// <summary>The length that <see cref="NonIidOptions.TruncateBitString"/> cuts the bit string to, bits.</summary>
    public const int TruncatedBits = 1_000_000;

    private readonly SampleSet _samples;
    private readonly Checkpoint? _checkpoint;
    private readonly byte[] _bits;
    private readonly SequenceEstimates? _literal;
    private readonly SequenceEstimates? _bitstring;

    private EstimatorRun(SampleSet samples, NonIidOptions options)
    {
        (_samples, _checkpoint) = (samples, options.Checkpoint);
        var initial = options.Mode == NonIidMode.Initial;
        _literal = initial ? new SequenceEstimates(samples.AlphabetSize) : null;
        _bitstring = initial && (samples.IsBinary || options.LeaveOutBitString) ? null : new SequenceEstimates(alphabetSize: 2);
        _bits = _bitstring is null ? [] : samples.ToBits(options.TruncateBitString ? TruncatedBits : int.MaxValue, _checkpoint);
    }

    /// <summary>Runs them all.</summary>
    /// <param name="sets">Sets of samples, all of them side by side.</param>
    /// <param name="options">How to go about it.</param>
    /// <returns>An assessment of each set.</returns>
    public static IReadOnlyList<NonIidAssessment> Of(IReadOnlyList<SampleSet> sets, NonIidOptions options)
    {
        var runs = sets.Select(samples => new EstimatorRun(samples, options)).ToArray();
        // The first job of every set, then the second of every set: what takes longest stays in front.
        var jobs = runs.SelectMany(run => run.Jobs().Index()).OrderBy(job => job.Index).Select(job => job.Item).ToList();
        JobQueue.Run(jobs, options.Parallelism);
        return [.. runs.Select(run => run.Assessment(options.Mode))];
    }

    private NonIidAssessment Assessment(NonIidMode mode) =>
        new()
        {
            Mode = mode,
            Samples = _samples.Length,
            AlphabetSize = _samples.AlphabetSize,
            SymbolBits = _samples.SymbolBits,
            Bits = _bits.Length,
            Literal = _literal?.Made ?? [],
            LiteralLeftOut = _literal?.LeftOut ?? [],
            Bitstring = _bitstring?.Made ?? [],
            BitstringLeftOut = _bitstring?.LeftOut ?? [],
        };

    private List<Action> Jobs()
    {
        // What holds the most memory, the tuples and then the literal MultiMMC, follows one another, so that it is never held at once.
        List<Action> jobs = [_literal is { } both ? Tuples + MultiMmc(both, Symbols) : Tuples];
        if (_bitstring is { } bitstring)
            jobs.AddRange([MultiMmc(bitstring, Bits), .. Predictions(bitstring, Bits)]);
        if (_literal is { } literal)
            jobs.AddRange([.. Predictions(literal, Symbols), .. Others(literal, Symbols)]);
        if (_bitstring is { } bits)
            jobs.AddRange(Others(bits, Bits));
        return jobs;
    }

    private ReadOnlySpan<byte> Symbols() => _samples.Symbols;

    private ReadOnlySpan<byte> Bits() => _bits;

    /// <summary>6.3.9.</summary>
    private Action MultiMmc(SequenceEstimates estimates, Sequence sequence) => Job(NonIidEstimator.MultiMmc, estimates, sequence);

    /// <summary>6.3.7, 6.3.8 and 6.3.10.</summary>
    private IEnumerable<Action> Predictions(SequenceEstimates estimates, Sequence sequence) =>
        Jobs([NonIidEstimator.Lz78y, NonIidEstimator.Lag, NonIidEstimator.MultiMcw], estimates, sequence);

    /// <summary>6.3.1 to 6.3.4, the latter three of bits alone.</summary>
    private IEnumerable<Action> Others(SequenceEstimates estimates, Sequence sequence) =>
        Jobs(
            [NonIidEstimator.Markov, NonIidEstimator.Collision, NonIidEstimator.Compression, NonIidEstimator.MostCommonValue],
            estimates,
            sequence
        );

    private IEnumerable<Action> Jobs(IEnumerable<NonIidEstimator> estimators, SequenceEstimates estimates, Sequence sequence) =>
        estimators
            .Where(estimator => estimates.AlphabetSize == 2 || !estimator.OfBitsOnly)
            .Select(estimator => Job(estimator, estimates, sequence));

    private Action Job(NonIidEstimator estimator, SequenceEstimates estimates, Sequence sequence) =>
        () => estimates.Put(estimator, estimator.Of(sequence(), estimates.AlphabetSize, _checkpoint));

    /// <summary>6.3.5 and 6.3.6, of the symbols and of the bit string at once: the order of the bits' suffixes holds that of the symbols'.</summary>
    private void Tuples()
    {
        if (_literal is null || _bitstring is null || _bits.Length < _samples.BitLength)
        {
            if (_bitstring is not null)
                Put(_bitstring, RepeatedTuples.OfBits(_samples, _bits.Length, _checkpoint));
            if (_literal is not null)
                Put(_literal, RepeatedTuples.OfSymbols(_samples, _checkpoint));
            return;
        }

        var (symbols, bits) = RepeatedTuples.OfBoth(_samples, _checkpoint);
        Put(_literal, symbols);
        Put(_bitstring, bits);
    }

    private static void Put(SequenceEstimates estimates, RepeatedTuples tuples)
    {
        estimates.Put(NonIidEstimator.Tuple, TupleEstimate.Of(tuples));
        estimates.Put(NonIidEstimator.LongestRepeatedSubstring, LongestRepeatedSubstringEstimate.Of(tuples));
    }

    private delegate ReadOnlySpan<byte> Sequence();
}
