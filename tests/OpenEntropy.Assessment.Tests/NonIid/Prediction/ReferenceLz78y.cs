using OpenEntropy.Assessment.NonIid;

namespace OpenEntropy.Assessment.Tests.NonIid;

/// <summary>
/// SP 800-90B, 6.3.10, with dictionaries of strings, the longest string first: of strings with the same count the longest guesses, of its
/// successors with the same count the greatest. The limit is on strings, not on their successors.
/// </summary>
internal static class ReferenceLz78y
{
    public static PredictionCounts? Count(byte[] symbols, bool isBinary, int maximumDictionary)
    {
        if (symbols.Length < (isBinary ? 19 : 18))
            return null;

        var dictionary = new Dictionary<string, SortedDictionary<byte, long>>(StringComparer.Ordinal);
        for (var length = 1; length <= 16; length++)
            dictionary[Convert.ToHexString(symbols.AsSpan(16 - length, length))] = new() { [symbols[16]] = 1 };

        var (correct, run, longest) = (0L, 0L, 0L);
        for (var i = 17; i < symbols.Length; i++)
        {
            var (guess, most) = (-1, 0L);
            for (var length = 16; length > 0; length--)
            {
                var prefix = Convert.ToHexString(symbols.AsSpan(i - length, length));
                if (dictionary.TryGetValue(prefix, out var successors))
                {
                    var count = successors.Values.Max();
                    if (count > most)
                        (guess, most) = (successors.Last(pair => pair.Value == count).Key, count);
                    successors[symbols[i]] = successors.GetValueOrDefault(symbols[i]) + 1;
                }
                else if (dictionary.Count < maximumDictionary)
                    dictionary[prefix] = new() { [symbols[i]] = 1 };
            }

            var isRight = guess == symbols[i];
            correct += isRight ? 1 : 0;
            run = isRight ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return new PredictionCounts(correct, longest + 1, symbols.Length - 17);
    }
}
