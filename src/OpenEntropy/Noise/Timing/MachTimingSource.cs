using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Timing;

/// <summary>
/// The duration of a fixed loop of instructions, by the processor's own counter.
/// <para>
/// <b>Measured.</b> The same 16,384 shifts and exclusive-ors on one register, each depending on the one before, between two readings of the
/// raw cycle counter: on x86-64 Linux the time stamp counter, read between fences, elsewhere the system's monotonic counter. The loop touches no
/// memory and asks nothing of the system.
/// </para>
/// <para>
/// <b>Why it varies.</b> The core's clock and the counter's are two, and drift against each other; the core changes its frequency; interrupts and,
/// with simultaneous multithreading, a neighbour take cycles. The register's contents are fixed and no source of entropy.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> A virtual machine or container runs the same loop; the hypervisor's interruptions add to it, and it may scale
/// or trap the counter. A co-tenant on the same core sees and disturbs it. An attacker with an idle machine of the same type predicts most of the
/// duration, which is why nothing is claimed.
/// </para>
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A noise source gives back what it holds in Close, and may be opened again.")]
internal sealed unsafe class MachTimingSource : MeasuredSource
{
    private const int WarmUpSamples = 64;
    private const ulong Feedback = 0xD800_0000_0000_0000; // x^64 + x^63 + x^61 + x^60 + 1, of full period

    private readonly int _stepsPerSample;

    [SupportedOSPlatformGuard("linux")]
    private readonly bool _reads;

    private CycleCounter? _counter;
    private ulong _register;

    /// <summary>Reads the time stamp counter where this processor and system let it.</summary>
    public MachTimingSource()
        : this(MachineCode.Runs) { }

    internal MachTimingSource(bool reads, int stepsPerSample = 16_384)
    {
        (_reads, _stepsPerSample) = (reads, stepsPerSample);
        Info = new()
        {
            Name = "mach_timing",
            Category = NoiseCategory.Timing,
            Mechanism =
                "Duration of a fixed loop of instructions by the processor's own counter. The drift of the core's clock against it and interrupts vary it.",
            ClaimedMinEntropy = 0,
            ClaimBasis =
                "No claim: a recording of 144,587 samples was assessed at 0.670 bits, and one of 700,661 at 0.701, and for an eighth of that the health tests have no cutoffs",
            TestMinEntropy = 0.15, // about the least of which the tests' cutoffs fit into their window
        };
        if (reads)
        {
            Info = Info with
            {
                Digitization = "The low byte of each duration, in steps of the processor's time stamp counter.",
                Clock = "The processor's time stamp counter, in ticks of its nominal frequency.",
            };
        }
    }

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; }

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _counter = _reads ? new CycleCounter() : null;
        _register = 1;
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        var read = _reads && _counter is not null ? (delegate* unmanaged[SuppressGCTransition]<long>)_counter.EntryPoint : null;
        for (var i = 0; i < values.Length; i++)
        {
            var register = _register;
            var start = read is null ? TickCounter.Read() : read();
            for (var step = 0; step < _stepsPerSample; step++)
                register = (register >> 1) ^ ((0 - (register & 1)) & Feedback); // a shift register with feedback, without a branch
            // Written where another thread could see it before the clock is read: the compiler may neither drop the loop nor move it.
            Volatile.Write(ref _register, register);
            values[i] = (read is null ? TickCounter.Read() : read()) - start;
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override byte Digitize(long value) =>
        _reads ? TickCounter.Digitize(value, 1 / CycleCounter.Step, CycleCounter.WhyUseless) : TickCounter.Digitize(value);

    /// <inheritdoc/>
    protected internal override void Close()
    {
        if (_reads)
            _counter?.Dispose();
        _counter = null;
    }
}
