using System.Numerics;

namespace OpenEntropy.Assessment.Suffixes;

/// <summary>Enumerates where runs of zeros begin that stand between two ones.</summary>
internal ref struct ZeroRuns
{
    private readonly ReadOnlySpan<ulong> _words;
    private readonly int _lastOne;
    private ulong _starts;
    private int _word;

    /// <summary>Stands before the first run.</summary>
    public ZeroRuns(PackedBits bits)
    {
        _words = bits.Words;
        _word = -1;
        _lastOne = -1;
        for (var word = _words.Length - 1; word >= 0 && _lastOne < 0; word--)
        {
            if (_words[word] != 0)
                _lastOne = (64 * word) + 63 - BitOperations.TrailingZeroCount(_words[word]);
        }
    }

    /// <summary>The first zero of the run.</summary>
    public int Current { get; private set; }

    /// <summary>How many runs were passed.</summary>
    public int Count { get; private set; }

    /// <summary>Goes to the next run; false where there is none.</summary>
    public bool MoveNext()
    {
        while (_starts == 0)
        {
            if (++_word >= _words.Length)
                return false;
            // A zero, and a one before it.
            var before = _word == 0 ? 0 : _words[_word - 1] << 63;
            _starts = ~_words[_word] & ((_words[_word] >> 1) | before);
        }

        var offset = BitOperations.LeadingZeroCount(_starts);
        _starts &= ulong.MaxValue >> 1 >> offset;
        Current = (64 * _word) + offset;
        if (Current > _lastOne)
            return false;
        Count++;
        return true;
    }
}
