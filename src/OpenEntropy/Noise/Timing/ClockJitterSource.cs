using System.Diagnostics;
using System.Runtime.CompilerServices;
using OpenEntropy.Continuity;

namespace OpenEntropy.Noise.Timing;

/// <summary>The beat of the monotonic clock against the real-time clock.</summary>
/// <remarks>
/// <para><b>What is measured:</b> increments of the difference of two clocks between one pair of readings and the next: on Linux of
/// CLOCK_MONOTONIC_RAW − CLOCK_REALTIME, elsewhere of the system's monotonic counter − its UTC clock, which moves by 100 ns.</para>
/// <para><b>Why it varies:</b> the time between the two readings of a pair jitters by nanoseconds, and the real-time clock is steered against the
/// raw one. Where the kernel derives both from one counter, as on most machines, they are not two oscillators and only the reading's jitter is
/// left; so nothing is claimed.</para>
/// <para><b>Virtual machine:</b> the same, from the hypervisor's counter. <b>Container:</b> the host's clocks. <b>Co-tenant:</b> reads the same
/// clocks, and its load moves the jitter. <b>Attacker:</b> whoever steers the time (NTP) steers the slow part of the beat.</para>
/// </remarks>
internal sealed class ClockJitterSource : MeasuredSource
{
    private const int WarmUpSamples = 1024;

    private readonly bool _isLinux;

    /// <summary>Reads this system's clocks.</summary>
    public ClockJitterSource()
        : this(OperatingSystem.IsLinux()) { }

    /// <summary>Reads the clocks of Linux, or those every system has.</summary>
    internal ClockJitterSource(bool isLinux)
    {
        _isLinux = isLinux;
        Info = isLinux ? OnLinux : Elsewhere;
    }

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; }

    private static NoiseSourceInfo OnLinux { get; } =
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
                "No claim: 0.115 bit per sample assessed where both clocks come from one counter, which other sources time by already.",
            // Cutoffs that can fire at all exist from about 0.12 bit per sample on, and the lowest assessment is 0.115: it is less, and
            // moves with the machine's load (most common value: 1.2 to 1.5 bits on a busy one). Summing k increments does not help, for the sum
            // of neighbouring increments is the increment over k readings, with the same jitter at its two ends. So it is watched for total
            // failure only.
            TestMinEntropy = null,
        };

    private static NoiseSourceInfo Elsewhere { get; } =
        OnLinux with
        {
            Mechanism =
                "Increments of the system's monotonic counter − its UTC clock: the jitter of reading two clocks, usually derived from one counter.",
            Digitization = "The low byte of the increment of the beat between two clocks, in ticks of the monotonic one, of either sign.",
            Clock = $"The system's monotonic counter, {Stopwatch.Frequency} ticks a second, and its UTC clock, {TimeSpan.TicksPerSecond}.",
        };

    /// <inheritdoc/>
    protected internal override void Open() => WarmUp(WarmUpSamples);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        // Each collection starts from readings of its own, so that every sample spans the same work.
        if (_isLinux)
            MeasureOnLinux(values);
        else
            MeasureElsewhere(values);
        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override byte Digitize(long value) => (byte)value; // digitization: the low byte of the beat's increment, of either sign

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MeasureOnLinux(Span<long> values)
    {
        var previous = Read(SystemClocks.MonotonicRaw) - Read(SystemClocks.RealTime);
        for (var i = 0; i < values.Length; i++)
        {
            var beat = Read(SystemClocks.MonotonicRaw) - Read(SystemClocks.RealTime);
            values[i] = beat - previous;
            previous = beat;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MeasureElsewhere(Span<long> values)
    {
        var (counter, utc) = (TickCounter.Read(), TimeProvider.System.GetUtcNow().UtcTicks);
        for (var i = 0; i < values.Length; i++)
        {
            var (nextCounter, nextUtc) = (TickCounter.Read(), TimeProvider.System.GetUtcNow().UtcTicks);

            // Exact between readings; where the UTC clock is set by a quarter of an hour or more the product wraps, and one sample with it.
            values[i] = nextCounter - counter - ((nextUtc - utc) * Stopwatch.Frequency / TimeSpan.TicksPerSecond);
            (counter, utc) = (nextCounter, nextUtc);
        }
    }

    /// <summary>A clock of Linux, nanoseconds.</summary>
    private static long Read(int clock) =>
        SystemClocks.TryRead(clock, out var nanoseconds)
            ? nanoseconds
            : throw new NoiseSourceException("the system refuses to tell the time");
}
