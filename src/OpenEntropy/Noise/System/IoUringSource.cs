using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

// The folder's name would hide the System namespace, so its sources stay in the parent's.
namespace OpenEntropy.Noise;

/// <summary>The time of a request through the kernel's submission and completion rings.</summary>
/// <remarks>
/// <para><b>What is measured:</b> an empty request is put into the ring (io_uring), handed to a worker thread of the kernel, done there, and its
/// completion waited for: nothing is read or written, all of it is hand-over.</para>
/// <para><b>Why it varies:</b> the scheduler's choice of processor for the worker, the interrupt between processors and the way out of the idle
/// state, the wake-up of the waiting thread, and whatever else is ready to run.</para>
/// <para><b>Virtual machine:</b> interrupts between processors and idle states are trips to the hypervisor. <b>Container:</b> its system-call filter
/// or the host's <c>kernel.io_uring_disabled</c> often forbids the rings; then the source is unavailable. <b>Co-tenant:</b> its load
/// lengthens and spreads the times. <b>Attacker:</b> a local user can watch the worker's scheduler statistics, not the nanoseconds; root can trace
/// both.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
[SuppressMessage("Design", "CA1001", Justification = "Close disposes of the rings; a source can be opened again.")]
[SupportedProcessor(Architecture.X64, Architecture.Arm64)]
internal sealed class IoUringSource : MeasuredSource
{
    private const int WarmUpSamples = 64;

    private SubmissionRing? _ring;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "io_uring",
            SharesCredit = "host",
            Category = NoiseCategory.System,
            Mechanism =
                "Time of an empty request through the kernel's rings, done by one of its worker threads. The scheduler and idle states vary it.",
            ClaimedMinEntropy = Math.Min(1.0 / 3, 1.0 / 8),
            ClaimBasis =
                "An eighth of 1 bit, below the lowest of several assessments of a request through io_uring (1.246; 112,441 to 1,000,000 samples)",
            Threads = 2,
        };

    /// <inheritdoc/>
    public override string? WhyUnavailable() => SubmissionRing.WhyUnavailable();

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _ring = new SubmissionRing();
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        var ring = _ring ?? throw new NoiseSourceException("there is no ring: the source is not open");
        for (var i = 0; i < values.Length; i++)
        {
            var start = TickCounter.Read();
            ring.RoundTrip();
            values[i] = TickCounter.Read() - start;
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        _ring?.Dispose();
        _ring = null;
    }
}
