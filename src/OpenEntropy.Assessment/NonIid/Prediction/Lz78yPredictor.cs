using System.Numerics;

namespace OpenEntropy.Assessment.NonIid;

/// <summary>
/// The LZ78Y predictor, SP 800-90B, 6.3.10: a dictionary of the strings of 1 to 16 symbols seen first, up to 65,536 of them, and of what followed
/// each; of all strings that the last symbols end in, the one with the most common successor guesses, the longest of several with the same count.
/// </summary>
/// <remarks>
/// <para>
/// Whenever something follows a string, it follows the string's end as well, so that no string of the dictionary has a higher count than a shorter
/// one that it ends in. The shortest, one symbol, therefore always has the highest count, and a longer one decides only where it has the same:
/// where <em>every</em> occurrence of (symbol, successor) had that longer string before it. So it is enough to know, of each pair of symbols, its
/// count and which strings of the dictionary stood before all of its occurrences: a set of lengths, that only shrinks, and one occurrence.
/// </para>
/// <para>
/// One symbol alone is missing from the dictionary if it is new when the dictionary fills up, in the midst of a step whose longer strings still
/// found room. The shortest of these then takes its place.
/// </para>
/// </remarks>
internal sealed class Lz78yPredictor
{
    /// <summary>B, the length of the longest string.</summary>
    internal const int MaximumLength = PrefixSet.MaximumLength;

    /// <summary>The most strings that the dictionary holds.</summary>
    internal const int MaximumDictionary = 65_536;

    private const int CheckpointInterval = 1 << 16;

    private readonly int _alphabetSize;
    private readonly int _maximumDictionary;
    private readonly PrefixSet _dictionary;
    private readonly Lz78yPair[] _pairs;
    private readonly Lz78yContext[] _contexts;

    // The string that stands for a symbol which is not in the dictionary itself: where it was seen, and its length.
    private int _standInEnd;
    private int _standInLength;

    private Lz78yPredictor(int alphabetSize, int maximumDictionary)
    {
        (_alphabetSize, _maximumDictionary) = (alphabetSize, maximumDictionary);
        _dictionary = new PrefixSet(maximumDictionary);
        _pairs = new Lz78yPair[alphabetSize * alphabetSize];
        _contexts = new Lz78yContext[alphabetSize];
    }

    /// <summary>Runs over symbols.</summary>
    /// <param name="symbols">Symbols 0 … k−1.</param>
    /// <param name="alphabetSize">k, 2 to 256.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    /// <param name="maximumDictionary">The most strings that the dictionary holds, 16 or more.</param>
    /// <returns>C, r and N = L − 17; null below 18 symbols, or 19 bits, where NIST's tool leaves this estimator out.</returns>
    public static PredictionCounts? Count(
        ReadOnlySpan<byte> symbols,
        int alphabetSize,
        Checkpoint? checkpoint = null,
        int maximumDictionary = MaximumDictionary
    )
    {
        if (symbols.Length < MaximumLength + (alphabetSize == 2 ? 3 : 2))
            return null;

        var predictor = new Lz78yPredictor(alphabetSize, maximumDictionary);
        var tally = new PredictionTally();

        // Step 2: the strings before the symbol at 16. Nothing can be guessed of it.
        predictor.Learn(symbols, MaximumLength);
        for (var i = MaximumLength + 1; i < symbols.Length; i++)
        {
            // Steps 3.b and 3.c, then 3.a for the next symbol.
            tally.Add(predictor.Guess(symbols, i) == symbols[i]);
            predictor.Learn(symbols, i);
            if (i % CheckpointInterval == 0)
                checkpoint?.Invoke();
        }

        return tally.ToCounts(symbols.Length - MaximumLength - 1);
    }

    /// <summary>The symbol that is expected at a place, or −1.</summary>
    private int Guess(ReadOnlySpan<byte> symbols, int i)
    {
        ref var context = ref _contexts[symbols[i - 1]];
        if (!context.IsInDictionary && !HasStandIn(symbols, i))
            return -1;
        return context.IsTiedInDepth ? GuessOfLongest(symbols, i, context.Count) : context.MostCommon;
    }

    /// <summary>Among several successors of the last symbol with the highest count, the one that a longer string has as often.</summary>
    private int GuessOfLongest(ReadOnlySpan<byte> symbols, int i, int count)
    {
        var (guess, longest) = (-1, 0);
        var pairs = _pairs.AsSpan(symbols[i - 1] * _alphabetSize, _alphabetSize);
        for (var successor = 0; successor < pairs.Length; successor++)
        {
            ref var pair = ref pairs[successor];
            if (pair.Count != count)
                continue;
            var length = Longest(pair.CommonLengths & UpTo(PrefixSet.CommonLength(symbols, i, pair.At)));
            if (length >= longest)
                (guess, longest) = (successor, length);
        }

        return guess;
    }

    /// <summary>Enters what stands at a place, and the strings before it, into the dictionary.</summary>
    private void Learn(ReadOnlySpan<byte> symbols, int i)
    {
        ref var context = ref _contexts[symbols[i - 1]];
        if (_dictionary.Count < _maximumDictionary)
            AddStrings(symbols, i);
        if (!context.IsInDictionary && !HasStandIn(symbols, i))
            return;

        ref var pair = ref _pairs[(symbols[i - 1] * _alphabetSize) + symbols[i]];
        if (pair.Count == 0)
            (pair.At, pair.CommonLengths) = (i, LengthsInDictionary(symbols, i));
        else if (pair.HasDepth)
            pair.CommonLengths &= UpTo(PrefixSet.CommonLength(symbols, i, pair.At));
        pair.Count++;
        context.Update(symbols[i], pair);
    }

    /// <summary>Adds the strings before a place that are new, the longest first, as long as there is room.</summary>
    private void AddStrings(ReadOnlySpan<byte> symbols, int i)
    {
        // The strings that end in a new one are new as well: the longest being known, all are.
        if (_dictionary.Contains(symbols, i, MaximumLength))
            return;

        var shortestAdded = 0;
        for (var length = MaximumLength; length > 0 && _dictionary.Count < _maximumDictionary; length--)
        {
            if (_dictionary.Add(symbols, i, length))
                shortestAdded = length;
            else
                break;
        }

        ref var context = ref _contexts[symbols[i - 1]];
        if (shortestAdded == 1)
            context.IsInDictionary = true;
        else if (!context.IsInDictionary)
            (_standInEnd, _standInLength) = (i, shortestAdded);
    }

    private bool HasStandIn(ReadOnlySpan<byte> symbols, int i) =>
        _standInEnd > 0 && PrefixSet.CommonLength(symbols, i, _standInEnd) >= _standInLength;

    /// <summary>The lengths of the strings before a place that the dictionary holds, one a bit.</summary>
    private int LengthsInDictionary(ReadOnlySpan<byte> symbols, int i)
    {
        if (_dictionary.Count < _maximumDictionary)
            return UpTo(MaximumLength);

        var lengths = 0;
        for (var length = 1; length <= MaximumLength; length++)
        {
            if (_dictionary.Contains(symbols, i, length))
                lengths |= 1 << (length - 1);
        }

        return lengths;
    }

    private static int UpTo(int length) => (1 << length) - 1;

    private static int Longest(int lengths) => BitOperations.Log2((uint)lengths) + 1;
}
