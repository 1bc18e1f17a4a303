using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Timing;

/// <summary>
/// The processor's own time stamp counter (x86-64's TSC) and its step. Its ticks are nominal cycles, but many processors raise it from a slower
/// clock, by several ticks at once and not always by a whole number of them; a hypervisor that scales it changes the step again.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class CycleCounter : IDisposable
{
    private const int Readings = 1024;

    private static readonly Lock s_measuring = new();
    private static double s_step; // 0: not measured yet

    private readonly MachineCode _read;

    /// <summary>Makes the counter readable; measures its step first, where nobody has called <see cref="Measure"/>.</summary>
    /// <exception cref="NoiseSourceException">The kernel lets no page execute.</exception>
    public CycleCounter()
    {
        // lfence; rdtsc; lfence; shl rdx, 32; or rax, rdx; ret: nothing before or after it is executed at the same time
        _read = new MachineCode([0x0F, 0xAE, 0xE8, 0x0F, 0x31, 0x0F, 0xAE, 0xE8, 0x48, 0xC1, 0xE2, 0x20, 0x48, 0x09, 0xD0, 0xC3]);
        lock (s_measuring)
        {
            if (s_step == 0)
                s_step = MeasureStep();
        }
    }

    /// <summary>
    /// Measures the step, in some milliseconds, unless it was measured. To be called while nothing runs beside it: contention would blur it. Where the
    /// kernel lets no page execute, nothing is measured, and opening the counter says why.
    /// </summary>
    public static void Measure()
    {
        try
        {
            new CycleCounter().Dispose();
        }
        catch (NoiseSourceException)
        {
            // Only what reads this counter is concerned, and meets the same refusal at its opening.
        }
    }

    /// <summary>By how many ticks it moves at once; 1 where it moves by single ticks. Measured once, so that every opening counts alike.</summary>
    public static double Step => s_step;

    /// <summary>Why durations measured by it say nothing, in one clause; null where they do.</summary>
    public static string? WhyUseless { get; private set; }

    /// <summary>Reads the counter: <c>delegate* unmanaged[SuppressGCTransition]&lt;long&gt;</c>. Valid until <see cref="Dispose"/>.</summary>
    public void* EntryPoint => _read.EntryPoint;

    /// <summary>The counter, in its own ticks.</summary>
    public long Read() => ((delegate* unmanaged[SuppressGCTransition]<long>)_read.EntryPoint)();

    /// <summary>Gives its page back.</summary>
    public void Dispose() => _read.Dispose();

    /// <summary>As for <see cref="TickCounter"/>: durations of fixed work of up to 2,048 dependent steps, spread evenly over many steps of the counter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double MeasureStep()
    {
        Span<long> deltas = stackalloc long[Readings];
        var sink = 1L;
        for (var i = 0; i < Readings; i++)
        {
            var start = Read();
            for (var k = 2 * i; k > 0; k--)
                sink += sink ^ k;
            deltas[i] = Read() - start + (sink & 0);
        }

        WhyUseless = CounterStep.WhyUseless(deltas);
        return WhyUseless is null ? CounterStep.Refine(CounterStep.Estimate(deltas), Read) : 1;
    }
}
