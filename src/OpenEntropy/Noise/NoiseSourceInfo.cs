using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OpenEntropy.Noise;

/// <summary>What is fixed about a noise source: its name, its mechanism and what is claimed of it.</summary>
public sealed record NoiseSourceInfo
{
    /// <summary>Why samples of a <see cref="Private"/> source are kept from everybody, in one clause without a full stop.</summary>
    internal const string WhyPrivate = "its samples may tell of people: they are neither recorded nor served raw nor assessed";

    private static readonly string s_tickCounter = $"The system's monotonic counter, {Stopwatch.Frequency} ticks a second.";

    /// <summary>The name users know: lower case, words joined by underscores; a sub-source adds a dot and its own name.</summary>
    public required string Name { get; init; }

    /// <summary>The part of the machine the phenomenon belongs to.</summary>
    public required NoiseCategory Category { get; init; }

    /// <summary>One or two sentences: what is measured and why it varies.</summary>
    public required string Mechanism { get; init; }

    /// <summary>Where the unpredictability comes from.</summary>
    public NoiseOrigin Origin { get; init; } = NoiseOrigin.Measured;

    /// <summary>One sentence: how a measurement becomes a sample.</summary>
    public string Digitization { get; init; } = "The low byte of each duration, in steps of the machine's counter.";

    /// <summary>One sentence: the clock that its samples are read from, with the clock's rate; null where a sample is no reading of a clock.</summary>
    public string? Clock { get; init; } = s_tickCounter;

    /// <summary>True when that clock is <see cref="TickCounter"/>, in whose steps (<see cref="TickCounter.Granularity"/>) the samples are.</summary>
    internal bool IsTimedByTickCounter => Clock == s_tickCounter;

    /// <summary>
    /// H_submitter: claimed min-entropy in bits per 8-bit sample, used for credit and for the health-test cutoffs.
    /// At most 1/3 and at most an eighth of the lowest figure ever assessed; 0 where nothing may be claimed.
    /// </summary>
    public required double ClaimedMinEntropy { get; init; }

    /// <summary>The figure the claim comes from, or why there is none.</summary>
    public required string ClaimBasis { get; init; }

    /// <summary>
    /// For a source without a claim: min-entropy in bits per sample from which its health-test cutoffs are derived.
    /// Null: no cutoff fits, and the source is watched for total failure only.
    /// </summary>
    public double? TestMinEntropy { get; init; }

    /// <summary>Threads that are busy while it collects: its turns cost that many times their duration.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// True for what nobody wants to be running unasked: it listens, watches, or talks to the world. <c>fast</c>, <c>slow</c> and its category
    /// leave it out; it is selected by its name, a glob or <c>all</c>.
    /// </summary>
    public bool OptIn { get; init; }

    /// <summary>
    /// True where samples may tell of people: what is heard, seen or typed, or who is near. They are tested and conditioned like any others, but never
    /// recorded, never served raw, and never assessed.
    /// </summary>
    public bool Private { get; init; }

    /// <summary>
    /// True for what happens only now and then, such as a key being pressed: a collection returns at once, without a sample where nothing happened
    /// since the last, and neither that nor an opening without a first sample is a failure.
    /// </summary>
    public bool MayBeSilent { get; init; }

    /// <summary>A collection that takes longer than this is a total failure of the source.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The stack of the thread on which it opens, collects and closes, in bytes.</summary>
    public int StackBytes { get; init; } = 256 * 1024;

    /// <summary>
    /// The name of the group with which it shares one credit, because their samples were found to be correlated; null where it shares none. The members
    /// of a group count as one contributor to a block, and together earn no more than one of them would.
    /// </summary>
    public string? SharesCredit { get; init; }

    /// <summary>The settings it reads.</summary>
    public IReadOnlyList<NoiseSetting> Settings { get; init; } = [];

    /// <summary>
    /// For a source that runs on other systems too, by their code, while only Linux's was assessed: as it is on Linux, and without a claim
    /// elsewhere, where the claim becomes what its health tests are derived from.
    /// </summary>
    /// <param name="isLinux">Whether this is Linux.</param>
    internal NoiseSourceInfo ClaimedOnLinuxAlone(bool isLinux) => isLinux ? this : Unclaimed("No claim yet: assessed on Linux alone.");

    /// <summary>
    /// As <see cref="ClaimedOnLinuxAlone"/>, for what a processor's own instructions take: another processor runs others, or the same ones otherwise.
    /// </summary>
    /// <param name="isLinux">Whether this is Linux.</param>
    /// <param name="processor">The processor this process is compiled for.</param>
    internal NoiseSourceInfo ClaimedOnX64LinuxAlone(bool isLinux, Architecture processor) =>
        isLinux && processor == Architecture.X64 ? this : Unclaimed("No claim yet: assessed on Linux on x86-64 alone.");

    private NoiseSourceInfo Unclaimed(string why) =>
        this with
        {
            ClaimedMinEntropy = 0,
            ClaimBasis = why,
            TestMinEntropy = ClaimedMinEntropy,
        };
}
