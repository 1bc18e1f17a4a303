using System.Runtime.InteropServices;

namespace OpenEntropy.Server.Randomness;

/// <summary>The seed blocks a draw would take, beside those the pool holds.</summary>
/// <param name="Blocks">Blocks it takes.</param>
/// <param name="Available">Blocks there are.</param>
/// <param name="PerSecond">Blocks the harvest makes a second at full duty; 0 before that is known.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PoolNeed(long Blocks, int Available, double PerSecond)
{
    /// <summary>The longest generate call, bytes (SP 800-90A, 10.2.1, table 3: 2^19 bits): each is reseeded on its own.</summary>
    private const int GenerateCall = 65_536;

    /// <summary>A seed of CTR_DRBG with AES-256, bits (the same table).</summary>
    private const int SeedBits = 384;

    private const double LongestWaitSeconds = 3600;

    /// <summary>Whether the pool holds enough.</summary>
    public bool IsMet => Blocks <= Available;

    /// <summary>What is said when it does not.</summary>
    public EntropyRefusal Refusal =>
        new(
            RefusalReason.PoolDry,
            $"the pool holds {Available} of the {Blocks} seed blocks this needs",
            TimeSpan.FromSeconds(PerSecond > 0 ? Math.Clamp((Blocks - Available) / PerSecond, 1, LongestWaitSeconds) : 1)
        );

    /// <summary>What a draw takes.</summary>
    /// <param name="request">Limited or fresh.</param>
    /// <param name="bytes">The draw's length.</param>
    /// <param name="status">The pool's accounts.</param>
    public static PoolNeed Of(in RandomRequest request, long bytes, EntropyPoolStatus status) =>
        new(
            request.Fresh ? DivideUp(bytes, GenerateCall) * DivideUp(SeedBits, status.BlockBits) : DivideUp(8 * bytes, status.BlockBits),
            status.BlocksAvailable,
            status.BlocksPerSecond
        );

    private static long DivideUp(long number, long by) => (number + by - 1) / by;
}
