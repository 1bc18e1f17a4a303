using OpenEntropy.Assessment.Suffixes;

namespace OpenEntropy.Assessment.NonIid;

/// <summary>One of the ten estimators of SP 800-90B, 6.3, which can be called alone.</summary>
public sealed class NonIidEstimator
{
    /// <summary>6.3.1.</summary>
    public static readonly NonIidEstimator MostCommonValue = new(
        "Most Common Value Estimate",
        "6.3.1",
        (symbols, _, checkpoint) => MostCommonValueEstimate.Of(symbols, checkpoint)
    );

    /// <summary>6.3.2, of bits alone.</summary>
    public static readonly NonIidEstimator Collision = OfBits("Collision Estimate", "6.3.2", CollisionEstimate.Of);

    /// <summary>6.3.3, of bits alone.</summary>
    public static readonly NonIidEstimator Markov = OfBits("Markov Estimate", "6.3.3", MarkovEstimate.Of);

    /// <summary>6.3.4, of bits alone.</summary>
    public static readonly NonIidEstimator Compression = OfBits("Compression Estimate", "6.3.4", CompressionEstimate.Of);

    /// <summary>6.3.5.</summary>
    public static readonly NonIidEstimator Tuple = new("t-Tuple Estimate", "6.3.5", TupleEstimate.Of);

    /// <summary>6.3.6.</summary>
    public static readonly NonIidEstimator LongestRepeatedSubstring = new("LRS Estimate", "6.3.6", LongestRepeatedSubstringEstimate.Of);

    /// <summary>6.3.7.</summary>
    public static readonly NonIidEstimator MultiMcw = Predictor("MultiMCW Prediction Estimate", "6.3.7", MultiMcwPredictor.Count);

    /// <summary>6.3.8.</summary>
    public static readonly NonIidEstimator Lag = Predictor("Lag Prediction Estimate", "6.3.8", LagPredictor.Count);

    /// <summary>6.3.9.</summary>
    public static readonly NonIidEstimator MultiMmc = Predictor(
        "MultiMMC Prediction Estimate",
        "6.3.9",
        (symbols, k, checkpoint) => MultiMmcPredictor.Count(symbols, k, checkpoint)
    );

    /// <summary>6.3.10.</summary>
    public static readonly NonIidEstimator Lz78y = Predictor(
        "LZ78Y Prediction Estimate",
        "6.3.10",
        (symbols, k, checkpoint) => Lz78yPredictor.Count(symbols, k, checkpoint)
    );

    private readonly OfSequence? _ofSequence;
    private readonly Func<RepeatedTuples, EntropyEstimate?>? _ofTuples;

    private NonIidEstimator(string name, string clause, OfSequence ofSequence)
        : this(name, clause) => _ofSequence = ofSequence;

    private NonIidEstimator(string name, string clause, Func<RepeatedTuples, EntropyEstimate?> ofTuples)
        : this(name, clause) => _ofTuples = ofTuples;

    private NonIidEstimator(string name, string clause) => (Name, Clause) = (name, clause);

    private delegate EntropyEstimate? OfSequence(ReadOnlySpan<byte> symbols, int alphabetSize, Checkpoint? checkpoint);

    private delegate EntropyEstimate? OfBitSequence(ReadOnlySpan<byte> bits, Checkpoint? checkpoint);

    private delegate PredictionCounts? Prediction(ReadOnlySpan<byte> symbols, int alphabetSize, Checkpoint? checkpoint);

    /// <summary>All of them, in the order of their clauses.</summary>
    public static IReadOnlyList<NonIidEstimator> All { get; } =
    [MostCommonValue, Collision, Markov, Compression, Tuple, LongestRepeatedSubstring, MultiMcw, Lag, MultiMmc, Lz78y];

    /// <summary>Its name, as in the standard.</summary>
    public string Name { get; }

    /// <summary>The clause it stands in.</summary>
    public string Clause { get; }

    /// <summary>True where it takes bits alone.</summary>
    public bool OfBitsOnly { get; private init; }

    /// <summary>Estimates from the symbols of samples.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    /// <returns>The estimate, bits per sample; null where there are too few samples for it to say anything.</returns>
    /// <exception cref="AssessmentInputException">It takes bits alone, and the symbols are more than two.</exception>
    /// <exception cref="OperationCanceledException">The checkpoint ended it.</exception>
    public EntropyEstimate? RunOnSymbols(SampleSet samples, Checkpoint? checkpoint = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (OfBitsOnly && !samples.IsBinary)
            throw new AssessmentInputException(
                $"The {Name} ({Clause}) takes two symbols, there are {samples.AlphabetSize}: run it on the bit string."
            );
        return _ofTuples is null
            ? Of(samples.Symbols, samples.AlphabetSize, checkpoint)
            : _ofTuples(RepeatedTuples.OfSymbols(samples, checkpoint));
    }

    /// <summary>Estimates from the bit string of samples.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    /// <returns>The estimate, bits per bit; null where there are too few bits for it to say anything.</returns>
    /// <exception cref="OperationCanceledException">The checkpoint ended it.</exception>
    public EntropyEstimate? RunOnBitString(SampleSet samples, Checkpoint? checkpoint = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return _ofTuples is null
            ? Of(samples.ToBits(checkpoint: checkpoint), 2, checkpoint)
            : _ofTuples(RepeatedTuples.OfBits(samples, int.MaxValue, checkpoint));
    }

    /// <summary>Estimates from a sequence, where it does not count tuples.</summary>
    internal EntropyEstimate? Of(ReadOnlySpan<byte> symbols, int alphabetSize, Checkpoint? checkpoint) =>
        _ofSequence!(symbols, alphabetSize, checkpoint);

    private static NonIidEstimator OfBits(string name, string clause, OfBitSequence estimate) =>
        new(name, clause, (bits, _, checkpoint) => estimate(bits, checkpoint)) { OfBitsOnly = true };

    private static NonIidEstimator Predictor(string name, string clause, Prediction count) =>
        new(
            name,
            clause,
            (symbols, k, checkpoint) => count(symbols, k, checkpoint) is { } made ? PredictionEstimate.Of(name, clause, made, k) : null
        );
}
