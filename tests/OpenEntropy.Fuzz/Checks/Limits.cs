using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Fuzz.Checks;

/// <summary>What the operator of the service allows.</summary>
/// <param name="MaxLength">Elements.</param>
/// <param name="MaxJsonBytes">Random bytes behind elements.</param>
/// <param name="MaxBytes">Random bytes in a stream.</param>
/// <param name="AllowRaw">Whether raw samples are given.</param>
internal sealed record Limits(int MaxLength, int MaxJsonBytes, long MaxBytes, bool AllowRaw)
{
    /// <summary>Small answers, so that many are asked for; one element of the largest size still fits.</summary>
    public static readonly Limits Small = new(1500, 4096, 3000, AllowRaw: false);

    /// <summary>Elements as by default and bodies of bytes of some MiB: answers that are written in pieces, and held against the memory for all.</summary>
    public static readonly Limits Large = new(65_536, 4 << 20, 4 << 20, AllowRaw: false);

    /// <summary>The service's defaults.</summary>
    public static readonly Limits Shipped = new(65_536, 4 << 20, 1L << 30, AllowRaw: false);

    /// <summary>The same for the service's own code.</summary>
    public RandomnessOptions ToOptions() =>
        new()
        {
            MaxLength = MaxLength,
            MaxJsonBytes = MaxJsonBytes,
            MaxBytes = MaxBytes,
            AllowRaw = AllowRaw,
        };
}
