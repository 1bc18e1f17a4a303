namespace OpenEntropy.Pool;

/// <summary>
/// Blocks that are wanted as fast as they can be made: a first filling, then what was used, discarded or asked for in vain. What grew too old
/// is replaced without haste and is no debt.
/// </summary>
/// <param name="capacity">Blocks the pool can hold.</param>
internal struct BlockDebt(int capacity)
{
    private readonly int _capacity = capacity;

    /// <summary>Blocks owed.</summary>
    public int Blocks { get; private set; } = capacity;

    /// <summary>A block came.</summary>
    public void Pay() => Blocks = Math.Max(0, Blocks - 1);

    /// <summary>Blocks were used.</summary>
    /// <param name="blocks">How many.</param>
    public void Use(int blocks) => Blocks += blocks;

    /// <summary>Somebody asks for more than there is.</summary>
    /// <param name="wanted">Blocks wanted.</param>
    /// <param name="available">Blocks there are.</param>
    public void Ask(int wanted, int available) => Blocks = Math.Max(Blocks, Math.Min(wanted, _capacity) - available);
}
