using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace OpenEntropy.Noise.Silicon;

/// <summary>
/// The time of an instruction that a hypervisor must answer itself.
/// <para>
/// <b>Measured.</b> CPUID. In a virtual machine it leaves the guest: the processor saves its state, the hypervisor runs, answers and resumes. Two
/// kinds of machine say that they have a hypervisor and answer otherwise: an emulator, whose own code answers, and a confidential guest, whose
/// kernel or the processor's trusted module may answer from a table that was fixed at its start. What those give was not assessed; the figure is of
/// ordinary guests. On bare metal nothing exits: the processor answers from microcode in some hundred cycles and waits until all earlier work is done,
/// which is another and steadier thing, and of that nothing is claimed.
/// </para>
/// <para>
/// <b>Why it varies.</b> The caches and predictors that the host's code finds, what the host has waiting for this processor, its interrupts, and
/// the drift of the clocks against each other.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> In a virtual machine the hypervisor answers every exit: it sees the moment and can choose the duration. A
/// container is as the system around it. A co-tenant moves it through the host's caches. An attacker inside the guest has no part in an exit and sees
/// none; one who holds the host holds this. The host's changes of regime (power saving, other guests) move it by more than its jitter.
/// </para>
/// </summary>
[SupportedProcessor(Architecture.X64)]
internal sealed class VmExitSource : MeasuredSource
{
    private const int HypervisorBit = 31; // CPUID leaf 1, ECX: reserved for hypervisors to say that they are there
    private const int WarmUpSamples = 128;

    /// <summary>Asks the processor whether there is a hypervisor.</summary>
    public VmExitSource()
        : this(X86Base.IsSupported && ((X86Base.CpuId(1, 0).Ecx >> HypervisorBit) & 1) == 1, OperatingSystem.IsLinux()) { }

    /// <summary>Takes the answer as given.</summary>
    internal VmExitSource(bool exits, bool isLinux)
    {
        var info = new NoiseSourceInfo
        {
            Name = "vm_exit",
            SharesCredit = "host",
            Category = NoiseCategory.Silicon,
            Mechanism = exits
                ? "Time of the CPUID instruction, which the hypervisor answers: the way out of the guest and back varies with all that the host does."
                : "Time of the CPUID instruction, which the processor answers itself here: there is no hypervisor to exit to.",
            ClaimedMinEntropy = exits ? Math.Min(1.0 / 3, 1.9 / 8) : 0,
            ClaimBasis = exits
                ? "An eighth of 1.9 bits, below the lowest of several assessments of CPUID in a virtual machine (2.043; 200,000 to 1,000,000 samples)"
                : "No claim: the assessments are of virtual machines, and nothing exits here",
        };
        Info = exits ? info.ClaimedOnLinuxAlone(isLinux) : info;
    }

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; }

    /// <inheritdoc/>
    protected internal override void Open() => WarmUp(WarmUpSamples);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var start = TickCounter.Read();
            _ = X86Base.CpuId(0, 0);
            values[i] = TickCounter.Read() - start;
        }

        return values.Length;
    }
}
