namespace OpenEntropy.Assessment.Suffixes;

/// <summary>
/// The suffixes of a bit string that begin with a run of zeros, between two ones, sorted: those from which the order of all others follows. Sorted
/// by their first 64 bits, which tells nearly all suffixes of random bits apart; what is left alike is sorted as a text of those windows' ranks.
/// </summary>
internal readonly ref struct ZeroRunOrder
{
    private const int WindowBits = 64;
    private const int PrefixBits = 16;
    private const int DigitBits = 8;

    // So many keys are sorted at once, by comparison; longer lists are first split by their next digit.
    private const int SortLimit = 4096;

    private readonly PackedBits _bits;
    private readonly Span<int> _memory;
    private readonly ulong[] _keys;
    private readonly Checkpoint? _checkpoint;

    private ZeroRunOrder(PackedBits bits, Span<int> memory, Checkpoint? checkpoint)
    {
        _bits = bits;
        _memory = memory;
        _keys = new ulong[SortLimit];
        _checkpoint = checkpoint;
    }

    /// <summary>Sorts the suffixes that begin with a run of zeros.</summary>
    /// <param name="bits">The bit string.</param>
    /// <param name="memory">As many integers as there are bits; the first ones receive where the suffixes begin.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    /// <returns>How many there are.</returns>
    public static int Sort(PackedBits bits, Span<int> memory, Checkpoint? checkpoint)
    {
        var order = new ZeroRunOrder(bits, memory, checkpoint);
        var count = order.SortByWindow();
        if (count > 1 && order.SortAlike(count))
            order.SortByRank(count);
        return count;
    }

    /// <summary>Scatters the positions by the first bits of their windows, then sorts each lot.</summary>
    private int SortByWindow()
    {
        var ends = new int[1 << PrefixBits];
        var runs = new ZeroRuns(_bits);
        while (runs.MoveNext())
            ends[_bits.Window(runs.Current) >> (WindowBits - PrefixBits)]++;
        _checkpoint?.Invoke();
        for (var prefix = 1; prefix < ends.Length; prefix++)
            ends[prefix] += ends[prefix - 1];
        runs = new ZeroRuns(_bits);
        while (runs.MoveNext())
        {
            _memory[--ends[_bits.Window(runs.Current) >> (WindowBits - PrefixBits)]] = runs.Current;
            if ((runs.Count & IntegerSuffixArray.CheckpointMask) == 0)
                _checkpoint?.Invoke();
        }

        // Each end has become a start.
        for (var prefix = 0; prefix < ends.Length; prefix++)
        {
            var end = prefix + 1 < ends.Length ? ends[prefix + 1] : runs.Count;
            SortByWindow(_memory[ends[prefix]..end], PrefixBits);
            if (prefix % 256 == 0)
                _checkpoint?.Invoke();
        }

        return runs.Count;
    }

    /// <summary>Sorts positions by their windows, which agree in their first bits.</summary>
    private void SortByWindow(Span<int> positions, int agreed)
    {
        if (positions.Length < 2 || agreed == WindowBits)
            return;
        if (positions.Length <= SortLimit)
        {
            var keys = _keys.AsSpan(0, positions.Length);
            for (var k = 0; k < keys.Length; k++)
                keys[k] = _bits.Window(positions[k]);
            keys.Sort(positions);
            return;
        }

        Span<int> bounds = stackalloc int[(1 << DigitBits) + 1];
        SplitByDigit(positions, agreed, bounds);
        for (var digit = 0; digit < 1 << DigitBits; digit++)
            SortByWindow(positions[bounds[digit]..bounds[digit + 1]], agreed + DigitBits);
    }

    /// <summary>Sorts positions in place by one digit of their windows; tells where each digit's begin.</summary>
    private void SplitByDigit(Span<int> positions, int agreed, Span<int> bounds)
    {
        bounds.Clear();
        for (var k = 0; k < positions.Length; k++)
        {
            bounds[Digit(positions[k], agreed) + 1]++;
            if ((k & IntegerSuffixArray.CheckpointMask) == 0)
                _checkpoint?.Invoke();
        }

        for (var digit = 0; digit < 1 << DigitBits; digit++)
            bounds[digit + 1] += bounds[digit];
        Span<int> next = stackalloc int[1 << DigitBits];
        bounds[..^1].CopyTo(next);
        for (var digit = 0; digit < 1 << DigitBits; digit++)
        {
            while (next[digit] < bounds[digit + 1])
            {
                // Whatever stands here goes to its place, and what stood there comes here, until it is one that belongs here.
                ref var here = ref positions[next[digit]];
                var belongs = Digit(here, agreed);
                (here, positions[next[belongs]]) = (positions[next[belongs]], here);
                next[belongs]++;
            }
        }
    }

    private int Digit(int position, int agreed) => (int)(_bits.Window(position) << agreed >> (WindowBits - DigitBits));

    /// <summary>Orders those of equal windows that a window's ranks would not; true where any are left that are alike.</summary>
    private bool SortAlike(int count)
    {
        var any = false;
        var comparer = new ZeroRunComparer(_bits);
        for (int start = 0, end; start < count; start = end)
        {
            var window = _bits.Window(_memory[start]);
            for (end = start + 1; end < count && _bits.Window(_memory[end]) == window; end++)
            {
                if ((end & IntegerSuffixArray.CheckpointMask) == 0)
                    _checkpoint?.Invoke();
            }

            if (end - start > 1)
            {
                any = true;
                comparer.Sort(_memory[start..end], window);
            }
        }

        return any;
    }

    /// <summary>Sorts the text of the ranks of the windows, and puts positions in place of its suffixes.</summary>
    private void SortByRank(int count)
    {
        var names = _memory[count..];
        names.Fill(-1);
        var comparer = new ZeroRunComparer(_bits);
        var name = 0;
        for (var k = 0; k < count; k++)
        {
            if (k > 0 && comparer.Compare(_memory[k - 1], _memory[k]) != 0)
                name++;
            names[_memory[k] / 2] = name;
            if ((k & IntegerSuffixArray.CheckpointMask) == 0)
                _checkpoint?.Invoke();
        }

        if (name + 1 == count)
            return;
        IntegerSuffixArray.Compact(names);
        var reduced = _memory[^count..];
        IntegerSuffixArray.Sort(reduced, name + 1, _memory[..^count], _checkpoint);
        var runs = new ZeroRuns(_bits);
        while (runs.MoveNext())
            reduced[runs.Count - 1] = runs.Current;
        for (var k = 0; k < count; k++)
            _memory[k] = reduced[_memory[k]];
    }
}
