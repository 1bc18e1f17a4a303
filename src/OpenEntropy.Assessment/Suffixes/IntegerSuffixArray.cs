namespace OpenEntropy.Assessment.Suffixes;

/// <summary>
/// The suffix array of a text of integers in linear time: G. Nong, S. Zhang, W. H. Chan, "Two Efficient Algorithms for Linear Time Suffix Array
/// Construction" (2011). A suffix is of type S where it is less than the one that begins one further on, else of type L; the leftmost of each run
/// of type S (LMS) are sorted by the same method once their substrings are named, and the order of all others follows from theirs. The end of the
/// text counts as less than every symbol.
/// </summary>
internal readonly ref struct IntegerSuffixArray
{
    /// <summary>How much work is done between two checkpoints, less one: a mask.</summary>
    internal const int CheckpointMask = (1 << 18) - 1;

    private const int Empty = -1;

    private readonly ReadOnlySpan<int> _text;
    private readonly Span<int> _suffixes;
    private readonly Span<int> _ends;
    private readonly Span<int> _buckets;
    private readonly SuffixTypes _types;
    private readonly Checkpoint? _checkpoint;

    private IntegerSuffixArray(ReadOnlySpan<int> text, Span<int> suffixes, Span<int> ends, Span<int> buckets, Checkpoint? checkpoint)
    {
        _text = text;
        _suffixes = suffixes;
        _ends = ends;
        _buckets = buckets;
        _checkpoint = checkpoint;
        _types = new SuffixTypes(text);
    }

    /// <summary>Sorts the suffixes of a text.</summary>
    /// <param name="text">Symbols 0 … alphabetSize − 1.</param>
    /// <param name="alphabetSize">One more than the greatest symbol.</param>
    /// <param name="memory">Apart from the text; its first integers receive the suffix array, and the others are made use of.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    public static void Sort(ReadOnlySpan<int> text, int alphabetSize, Span<int> memory, Checkpoint? checkpoint)
    {
        var spare = memory[text.Length..];
        using var more = spare.Length < alphabetSize ? new NativeBuffer<int>(alphabetSize) : null;
        var buckets = more is null ? spare[..alphabetSize] : more.Span;
        // Where the buckets end need be counted once only if there is room to remember it.
        var ends = spare.Length >= 2 * (long)alphabetSize ? spare.Slice(alphabetSize, alphabetSize) : [];
        new IntegerSuffixArray(text, memory[..text.Length], ends, buckets, checkpoint).Sort();
    }

    private void Sort()
    {
        // The LMS suffixes in any order within their buckets: this sorts the substrings up to the next of them.
        _suffixes.Fill(Empty);
        if (!_ends.IsEmpty)
            CountInto(_ends);
        BucketEnds();
        for (var i = _text.Length - 1; i > 0; i--)
        {
            if (_types.IsLms(i))
                _suffixes[--_buckets[_text[i]]] = i;
        }

        Induce();
        var count = SortLmsSuffixes(CollectLms());

        // In their right order: this sorts all suffixes.
        _suffixes[count..].Fill(Empty);
        BucketEnds();
        for (var k = count - 1; k >= 0; k--)
        {
            var suffix = _suffixes[k];
            _suffixes[k] = Empty;
            _suffixes[--_buckets[_text[suffix]]] = suffix;
        }

        Induce();
    }

    /// <summary>Moves the sorted LMS substrings to the front; returns how many there are.</summary>
    private int CollectLms()
    {
        _checkpoint?.Invoke();
        var count = 0;
        foreach (var suffix in _suffixes)
        {
            if (_types.IsLms(suffix))
                _suffixes[count++] = suffix;
        }

        return count;
    }

    /// <summary>Makes the sorted substrings of the first <paramref name="count"/> LMS suffixes the sorted suffixes; returns their number.</summary>
    private int SortLmsSuffixes(int count)
    {
        var names = Name(count);
        if (names == count)
            return count;

        var reduced = _suffixes[^count..];
        Compact(_suffixes[count..]);
        Sort(reduced, names, _suffixes[..^count], _checkpoint);

        var next = 0;
        for (var i = 1; i < _text.Length; i++)
        {
            if (_types.IsLms(i))
                reduced[next++] = i;
        }

        for (var k = 0; k < count; k++)
            _suffixes[k] = reduced[_suffixes[k]];
        return count;
    }

    /// <summary>Numbers the distinct LMS substrings in their order, each name standing at half its position; returns how many there are.</summary>
    private int Name(int count)
    {
        var names = _suffixes[count..];
        names.Fill(Empty);
        var name = -1;
        for (var k = 0; k < count; k++)
        {
            if (k == 0 || !_types.IsSameSubstring(_text, _suffixes[k - 1], _suffixes[k]))
                name++;
            names[_suffixes[k] / 2] = name;
            if ((k & CheckpointMask) == 0)
                _checkpoint?.Invoke();
        }

        return name + 1;
    }

    /// <summary>Moves what is not empty to the end.</summary>
    internal static void Compact(Span<int> names)
    {
        var next = names.Length;
        for (var k = names.Length - 1; k >= 0; k--)
        {
            if (names[k] != Empty)
                names[--next] = names[k];
        }
    }

    /// <summary>From the LMS suffixes at the ends of their buckets the suffixes of type L, and from these all of type S.</summary>
    private void Induce()
    {
        BucketStarts();
        var last = _text.Length - 1;
        _suffixes[_buckets[_text[last]]++] = last;
        for (var k = 0; k < _suffixes.Length; k++)
        {
            var before = _suffixes[k] - 1;
            if (before >= 0 && !_types.IsS(before))
                _suffixes[_buckets[_text[before]]++] = before;
            if ((k & CheckpointMask) == 0)
                _checkpoint?.Invoke();
        }

        BucketEnds();
        for (var k = last; k >= 0; k--)
        {
            var before = _suffixes[k] - 1;
            if (before >= 0 && _types.IsS(before))
                _suffixes[--_buckets[_text[before]]] = before;
            if ((k & CheckpointMask) == 0)
                _checkpoint?.Invoke();
        }
    }

    private void BucketStarts()
    {
        BucketEnds();
        _buckets[..^1].CopyTo(_buckets[1..]);
        _buckets[0] = 0;
    }

    private void BucketEnds()
    {
        _checkpoint?.Invoke();
        if (_ends.IsEmpty)
            CountInto(_buckets);
        else
            _ends.CopyTo(_buckets);
    }

    private void CountInto(Span<int> ends)
    {
        ends.Clear();
        foreach (var symbol in _text)
            ends[symbol]++;
        for (var symbol = 1; symbol < ends.Length; symbol++)
            ends[symbol] += ends[symbol - 1];
    }
}
