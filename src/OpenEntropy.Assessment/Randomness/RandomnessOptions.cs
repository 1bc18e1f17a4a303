using System.Runtime.CompilerServices;

namespace OpenEntropy.Assessment.Randomness;

/// <summary>
/// The tests' parameters; the defaults are those of SP 800-22 Rev. 1a and of NIST's program. A parameter out of its range is an
/// <see cref="ArgumentOutOfRangeException"/> that names it and the range.
/// </summary>
public sealed record RandomnessOptions
{
    /// <summary>Whose arithmetic.</summary>
    public Sp80022Mode Mode { get; init; }

    /// <summary>M of the block frequency test, bits: 2 to 2^30; 20 at least are recommended.</summary>
    public int BlockFrequencyLength
    {
        get;
        init => field = Within(value, 2, 1 << 30);
    } = 128;

    /// <summary>m of the non-overlapping template test, bits: 2 to 16.</summary>
    public int NonOverlappingTemplateLength
    {
        get;
        init => field = Within(value, 2, 16);
    } = 9;

    /// <summary>m of the overlapping template test, bits: 2 to 16.</summary>
    public int OverlappingTemplateLength
    {
        get;
        init => field = Within(value, 2, 16);
    } = 9;

    /// <summary>m of the approximate entropy test, bits: 1 to 23.</summary>
    public int ApproximateEntropyLength
    {
        get;
        init => field = Within(value, 1, 23);
    } = 10;

    /// <summary>m of the serial test, bits: 2 to 24.</summary>
    public int SerialLength
    {
        get;
        init => field = Within(value, 2, 24);
    } = 16;

    /// <summary>M of the linear complexity test, bits: 500 to 5,000.</summary>
    public int LinearComplexityLength
    {
        get;
        init => field = Within(value, 500, 5000);
    } = 500;

    /// <summary>Called by tests that take long.</summary>
    public Checkpoint? Checkpoint { get; init; }

    private static int Within(int value, int minimum, int maximum, [CallerMemberName] string name = "") =>
        value >= minimum && value <= maximum
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} is {minimum:N0} to {maximum:N0} bits.");
}
