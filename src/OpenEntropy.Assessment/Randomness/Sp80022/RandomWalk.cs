namespace OpenEntropy.Assessment.Randomness.Sp80022;

/// <summary>The walk S_k that steps up at a one and down at a zero, eight steps at a time by tables over bytes, their first bit the least significant.</summary>
internal static class RandomWalk
{
    public const int Steps = 8;

    private static readonly sbyte[] EndTable = Table(steps => steps[^1]);
    private static readonly sbyte[] HighestTable = Table(steps => steps.Max());
    private static readonly sbyte[] LowestTable = Table(steps => steps.Min());

    /// <summary>Where eight steps lead.</summary>
    public static ReadOnlySpan<sbyte> End => EndTable;

    /// <summary>The highest place after any of the eight steps.</summary>
    public static ReadOnlySpan<sbyte> Highest => HighestTable;

    /// <summary>The lowest place after any of the eight steps.</summary>
    public static ReadOnlySpan<sbyte> Lowest => LowestTable;

    private static sbyte[] Table(Func<int[], int> figure)
    {
        var table = new sbyte[256];
        for (var value = 0; value < table.Length; value++)
        {
            var steps = new int[Steps];
            for (var (i, place) = (0, 0); i < Steps; i++)
                steps[i] = place += (value >> i) % 2 == 0 ? -1 : 1;
            table[value] = (sbyte)figure(steps);
        }

        return table;
    }
}
