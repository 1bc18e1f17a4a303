using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

// The folder's name would hide the System namespace, so its sources stay in the parent's.
namespace OpenEntropy.Noise;

/// <summary>The time of a thread's whole life.</summary>
/// <remarks>
/// <para><b>What is measured:</b> the C library creates a thread, which calls <c>getppid</c> and ends, and this thread waits for its end. The new
/// thread runs no .NET code.</para>
/// <para><b>Why it varies:</b> the kernel makes a task with its stack and bookkeeping, the scheduler chooses a processor for it and wakes it there,
/// often out of an idle state and by an interrupt to another processor, the task is torn down and the waiting thread woken.</para>
/// <para><b>Virtual machine:</b> the interrupt between processors and the idle states are trips to the hypervisor, whose scheduler joins in.
/// <b>Container:</b> as on the host; a limit on processes can make creation fail, which is reported. <b>Co-tenant:</b> its load lengthens and
/// spreads the times. <b>Attacker:</b> a local user can watch thread ids and scheduler statistics advance, which tells how many threads lived, not
/// their nanoseconds; root can trace both.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class ThreadLifecycleSource : MeasuredSource
{
    private const int WarmUpSamples = 50;

    private nint _start;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "thread_lifecycle",
            Category = NoiseCategory.System,
            Mechanism =
                "Time of creating a thread and waiting for its end. The scheduler, idle states and the load of the processors vary it.",
            ClaimedMinEntropy = Math.Min(1.0 / 3, 5.559 / 8),
            ClaimBasis =
                "An eighth of 5.559 bits, the lowest of several recordings of 50,000 to 381,184 samples on a 2-core virtual machine, and at most 1/3",
            Threads = 2,
        };

    /// <inheritdoc/>
    protected internal override void Open()
    {
        if (!LinuxThreads.AreFound)
            throw new NoiseSourceException("the C library shows no functions that create and join a thread");
        if (!NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "getppid", out _start))
            throw new NoiseSourceException("the C library shows no function for a thread to run");
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        if (_start == 0)
            throw new NoiseSourceException("there is nothing for a thread to run: the source is not open");
        for (var i = 0; i < values.Length; i++)
        {
            var start = TickCounter.Read();
            var error = LinuxThreads.Create(out var thread, _start);
            if (error == 0)
                error = LinuxThreads.Join(thread);
            values[i] = TickCounter.Read() - start;

            if (error != 0)
                throw new NoiseSourceException($"a thread could not be made: {Marshal.GetPInvokeErrorMessage(error)}");
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close() => _start = 0;
}
