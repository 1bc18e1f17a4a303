namespace OpenEntropy.Mesh.Receiving;

/// <summary>Which numbers of one sender came already: a window of the latest, as in RFC 4303, 3.4.3. What is older than the window counts as seen.</summary>
internal sealed class ReplayWindow
{
    /// <summary>Numbers that may arrive out of order.</summary>
    public const int Width = 1024;

    private const int WordBits = 64;

    // Bit n modulo the width: whether n came, for n within the window.
    private readonly ulong[] _seen = new ulong[Width / WordBits];

    private readonly long _floor;

    /// <summary>An empty window.</summary>
    /// <param name="floor">Nothing up to this number is new: what may have been accepted before this process began.</param>
    public ReplayWindow(long floor) => Highest = _floor = floor;

    /// <summary>The highest number that came.</summary>
    public long Highest { get; private set; }

    /// <summary>Whether a number did not come yet and is not too old to tell.</summary>
    /// <param name="number">At least 1.</param>
    public bool IsNew(long number) => number > Highest || (number > _floor && number > Highest - Width && !Bit(number));

    /// <summary>Notes a number.</summary>
    /// <param name="number">At least 1.</param>
    /// <returns>False where it is not new.</returns>
    public bool TryAccept(long number)
    {
        if (!IsNew(number))
            return false;
        if (number - Highest >= Width)
            Array.Clear(_seen);
        else
        {
            for (var passed = Highest + 1; passed < number; passed++)
                _seen[Word(passed)] &= ~Mask(passed);
        }

        _seen[Word(number)] |= Mask(number);
        Highest = Math.Max(Highest, number);
        return true;
    }

    private bool Bit(long number) => (_seen[Word(number)] & Mask(number)) != 0;

    private static int Word(long number) => (int)(number % Width) / WordBits;

    private static ulong Mask(long number) => 1UL << (int)(number % WordBits);
}
