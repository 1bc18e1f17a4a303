using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using OpenEntropy.Continuity;

namespace OpenEntropy.Noise.Timing;

/// <summary>The beat of the raw monotonic clock against the real-time clock.</summary>
/// <remarks>
/// <para><b>What is measured:</b> increments of CLOCK_MONOTONIC_RAW − CLOCK_REALTIME between one pair of readings and the next.</para>
/// <para><b>Why it varies:</b> the time between the two readings of a pair jitters by nanoseconds, and the real-time clock is steered against the
/// raw one. Where the kernel derives both from one counter, as on most machines, they are not two oscillators and only the reading's jitter is
/// left; so nothing is claimed.</para>
/// <para><b>Virtual machine:</b> the same, from the hypervisor's counter. <b>Container:</b> the host's clocks. <b>Co-tenant:</b> reads the same
/// clocks, and its load moves the jitter. <b>Attacker:</b> whoever steers the time (NTP) steers the slow part of the beat.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class ClockJitterSource : MeasuredSource
{
    private const int WarmUpSamples = 1024;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "clock_jitter",
            Category = NoiseCategory.Timing,
            Mechanism =
                "Increments of CLOCK_MONOTONIC_RAW − CLOCK_REALTIME: the jitter of reading two clocks, usually derived from one counter.",
            Digitization = "The low byte of the increment of the beat between two clocks, in nanoseconds of either sign.",
            Clock = "CLOCK_MONOTONIC_RAW and CLOCK_REALTIME, in nanoseconds.",
            ClaimedMinEntropy = 0,
            ClaimBasis =
                "No claim: 0.171 bit per sample assessed where both clocks come from one counter, which other sources time by already.",
            // Cutoffs that can fire at all exist from about 0.12 bit per sample on, and the lowest assessment is 0.171: no margin, and the figure
            // moves with the machine's load (most common value: 1.2 to 1.5 bits on a busy one). Summing k increments does not help, for the sum
            // of neighbouring increments is the increment over k readings, with the same jitter at its two ends. So it is watched for total
            // failure only.
            TestMinEntropy = null,
        };

    /// <inheritdoc/>
    protected internal override void Open() => WarmUp(WarmUpSamples);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        // Each collection starts from a reading of its own, so that every sample spans the same work.
        var previous = Read(SystemClocks.MonotonicRaw) - Read(SystemClocks.RealTime);
        for (var i = 0; i < values.Length; i++)
        {
            var beat = Read(SystemClocks.MonotonicRaw) - Read(SystemClocks.RealTime);
            values[i] = beat - previous;
            previous = beat;
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override byte Digitize(long value) => (byte)value; // digitization: the low byte of the beat's increment, nanoseconds of either sign

    /// <summary>A clock, nanoseconds.</summary>
    private static long Read(int clock) =>
        SystemClocks.TryRead(clock, out var nanoseconds)
            ? nanoseconds
            : throw new NoiseSourceException("the system refuses to tell the time");
}
