namespace OpenEntropy.Assessment.Suffixes;

/// <summary>Whether each suffix of a text is less than the one that begins one further on (type S) or greater (type L), one bit each.</summary>
internal readonly struct SuffixTypes
{
    private readonly ulong[] _types;

    /// <summary>Looks at a text; its last suffix is of type L, as the end is less than every symbol.</summary>
    public SuffixTypes(ReadOnlySpan<int> text)
    {
        _types = new ulong[(text.Length + 63) / 64];
        for (var i = text.Length - 2; i >= 0; i--)
        {
            if (text[i] < text[i + 1] || (text[i] == text[i + 1] && IsS(i + 1)))
                _types[i >> 6] |= 1UL << (i & 63);
        }
    }

    /// <summary>True where the suffix is of type S.</summary>
    public bool IsS(int position) => ((_types[position >> 6] >> (position & 63)) & 1) != 0;

    /// <summary>True where it is the leftmost of a run of type S.</summary>
    public bool IsLms(int position) => position > 0 && IsS(position) && !IsS(position - 1);

    /// <summary>True where two LMS suffixes are equal up to the next one in each.</summary>
    public bool IsSameSubstring(ReadOnlySpan<int> text, int left, int right)
    {
        for (var i = 0; left + i < text.Length && right + i < text.Length; i++)
        {
            if (text[left + i] != text[right + i])
                return false;
            if (i > 0 && (IsLms(left + i) || IsLms(right + i)))
                return IsLms(left + i) && IsLms(right + i);
        }

        return false;
    }
}
