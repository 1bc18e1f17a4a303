using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Timing;

/// <summary>
/// The time that short sleeps really take.
/// <para>
/// <b>Measured.</b> Sleeps of 1 ns each (clock_nanosleep on Linux, nanosleep on macOS, a high-resolution waitable timer, whose shortest is 100 ns,
/// on Windows): the timer that is programmed, its interrupt and the way back to this thread. A sleep of zero returns at once and measures
/// nothing, so none is asked for. All are of one length: were there several in turn, exact sleeps would give a cycle of constants, which no health
/// test knows from noise.
/// </para>
/// <para>
/// <b>Why it varies.</b> The timer's slack, the interrupt's latency, the way out of the idle state (in a virtual machine an exit to the host, which
/// must schedule the guest again) and whatever else is ready to run.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> The length asked for is public and no source of entropy. In a virtual machine the hypervisor delivers the timer
/// interrupt itself and could make it regular. A container shares the host's scheduler and idle states, and its quota of processor time may hold back
/// a wake-up. A co-tenant's load lengthens and spreads the wake-ups. An attacker who is a local user can see counts of wake-ups, not their times;
/// root can trace both.
/// </para>
/// </summary>
[SupportedOSPlatform("linux")]
[SupportedOSPlatform("macos")]
[SupportedOSPlatform("windows")]
[SuppressMessage("Design", "CA1001", Justification = "Close gives the timer back; a source can be opened again.")]
internal sealed class SleepJitterSource : MeasuredSource
{
    private const int WarmUpSamples = 50;
    private const int RequestedNanoseconds = 1; // the kernel programs its timer all the same, for as soon as the hardware can

    private readonly Func<ShortSleep> _open;
    private readonly int _warmUpSamples;
    private ShortSleep? _sleep;

    /// <summary>Sleeps as this system does.</summary>
    public SleepJitterSource()
        : this(ShortSleep.OfThisSystem, OperatingSystem.IsLinux()) { }

    /// <summary>Sleeps in another way.</summary>
    /// <param name="open">Prepares the calling thread for it.</param>
    /// <param name="isAssessed">True where it is the way whose assessment the claim comes from.</param>
    internal SleepJitterSource(Func<ShortSleep> open, bool isAssessed)
    {
        _open = open;
        Info = isAssessed ? Assessed : Unassessed;
        _warmUpSamples = isAssessed ? WarmUpSamples : 1; // a sleep may take half a millisecond elsewhere
    }

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; }

    private static NoiseSourceInfo Assessed { get; } =
        new()
        {
            Name = "sleep_jitter",
            SharesCredit = "host",
            Category = NoiseCategory.Timing,
            Mechanism =
                "Duration of sleeps of 1 ns. Timer slack, interrupt latency and the way out of the idle state make each overshoot differently.",
            ClaimedMinEntropy = Math.Min(1.0 / 3, 4.617 / 8),
            ClaimBasis =
                "An eighth of 4.617 bits, the lowest of several recordings of such sleeps (100,000 to 526,101 samples; nanosleep gave 6.391), and at most 1/3",
        };

    private static NoiseSourceInfo Unassessed { get; } =
        Assessed with
        {
            ClaimedMinEntropy = 0,
            ClaimBasis = "No claim yet: this system's sleeps were never assessed.",
            TestMinEntropy = Assessed.ClaimedMinEntropy,
        };

    /// <inheritdoc/>
    public override string? WhyUnavailable() =>
        OperatingSystem.IsWindows() && !OperatingSystem.IsWindowsVersionAtLeast(10, 0, 17134)
            ? "high-resolution timers came with version 1803 of Windows 10"
            : null;

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _sleep = _open();
        WarmUp(_warmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        var sleep = _sleep ?? throw new NoiseSourceException("no timer to sleep by: the source is not open");
        for (var i = 0; i < values.Length; i++)
        {
            var start = TickCounter.Read();
            sleep.Sleep(RequestedNanoseconds);
            values[i] = TickCounter.Read() - start;
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        _sleep?.Dispose();
        _sleep = null;
    }
}
