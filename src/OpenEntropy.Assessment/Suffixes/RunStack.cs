namespace OpenEntropy.Assessment.Suffixes;

/// <summary>
/// A stack of nested runs of suffixes, each with the length that its suffixes share, in the memory of what was read already: the length stands
/// in the cell of a run's first suffix; the cell before it, unless the next outer run begins there, tells where that one begins.
/// </summary>
internal ref struct RunStack(Span<int> cells)
{
    private const int None = -1;

    private readonly Span<int> _cells = cells;

    /// <summary>The first suffix of the innermost run; −1 where there is none.</summary>
    public int First { get; private set; } = None;

    /// <summary>The length that the suffixes of the innermost run share; 0 where there is none.</summary>
    public int Shared { get; private set; }

    /// <summary>Opens a run within the innermost, of suffixes that share more.</summary>
    public void Push(int first, int shared)
    {
        // Less than zero, as no length is; None becomes −1.
        if (first > 0 && First != first - 1)
            _cells[first - 1] = -2 - First;
        _cells[first] = shared;
        (First, Shared) = (first, shared);
    }

    /// <summary>Closes the innermost run.</summary>
    public void Pop()
    {
        var before = First == 0 ? None : _cells[First - 1];
        First =
            First > 0 && before >= 0 ? First - 1
            : First == 0 ? None
            : -2 - before;
        Shared = First == None ? 0 : _cells[First];
    }
}
