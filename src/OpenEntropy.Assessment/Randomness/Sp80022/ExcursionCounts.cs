namespace OpenEntropy.Assessment.Randomness.Sp80022;

/// <summary>The cycles of the walk of ones and zeros between its returns to 0, and its visits to the states next to 0.</summary>
internal sealed class ExcursionCounts
{
    /// <summary>Visits are counted in the states −9 … 9.</summary>
    public const int FarthestState = 9;

    /// <summary>Visits within a cycle are counted in the states −4 … 4.</summary>
    public const int FarthestStateOfCycle = 4;

    /// <summary>0, 1, 2, 3, 4 visits in a cycle, or more.</summary>
    public const int Classes = 6;

    /// <summary>With fewer cycles neither test applies (its 0.005 √n is above this only from 10^10 bits on).</summary>
    public const int RequiredCycles = 500;

    private const int BitsPerCheckpoint = 1 << 20;

    private readonly int[] _visits = new int[(2 * FarthestState) + 1];
    private readonly int[] _visitsOfCycle = new int[(2 * FarthestStateOfCycle) + 1];
    private readonly int[,] _cycles = new int[(2 * FarthestStateOfCycle) + 1, Classes];

    private ExcursionCounts() { }

    /// <summary>How often the walk came back to 0.</summary>
    public int Returns { get; private set; }

    /// <summary>J: the returns, and one more where the walk does not end at 0.</summary>
    public int Cycles { get; private set; }

    /// <summary>ξ(x), the visits to a state −9 … 9 other than 0.</summary>
    public int Visits(int state) => _visits[state + FarthestState];

    /// <summary>v_k(x), the number of cycles with k visits (5: 5 or more) to a state −4 … 4 other than 0.</summary>
    public int CyclesWith(int visits, int state) => _cycles[state + FarthestStateOfCycle, visits];

    /// <summary>Walks the sequence once.</summary>
    public static ExcursionCounts Of(BitSequence bits, Checkpoint? checkpoint)
    {
        var counts = new ExcursionCounts();
        var place = 0;
        for (var start = 0L; start < bits.Length; start += RandomWalk.Steps)
        {
            var steps = (byte)bits.WordAt(start);
            var length = (int)Math.Min(bits.Length - start, RandomWalk.Steps);
            // From far away eight steps reach none of the states.
            if (length == RandomWalk.Steps && Math.Abs(place) > FarthestState + RandomWalk.Steps)
                place += RandomWalk.End[steps];
            else
                place = counts.Walk(place, steps, length);
            if (start % BitsPerCheckpoint == 0)
                checkpoint?.Invoke();
        }

        counts.Cycles = counts.Returns;
        if (place != 0)
            counts.EndCycle();
        return counts;
    }

    private int Walk(int place, int steps, int length)
    {
        for (; length > 0; length--, steps >>= 1)
        {
            place += (2 * (steps & 1)) - 1;
            if (place == 0)
            {
                Returns++;
                EndCycle();
            }
            else if (Math.Abs(place) <= FarthestState)
            {
                _visits[place + FarthestState]++;
                if (Math.Abs(place) <= FarthestStateOfCycle)
                    _visitsOfCycle[place + FarthestStateOfCycle]++;
            }
        }

        return place;
    }

    private void EndCycle()
    {
        Cycles++;
        for (var i = 0; i < _visitsOfCycle.Length; i++)
        {
            _cycles[i, Math.Min(_visitsOfCycle[i], Classes - 1)]++;
            _visitsOfCycle[i] = 0;
        }
    }
}
