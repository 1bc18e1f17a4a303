using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace OpenEntropy.Noise.Hardware;

/// <summary>Bytes of the processor's seed instruction, RDSEED.</summary>
/// <remarks>
/// <para><b>What is measured:</b> nothing by us; RDSEED gives 64 bits, and one sample is one byte of them.</para>
/// <para><b>Why it varies:</b> by its vendor's word: a metastable circuit on the chip, conditioned inside it.</para>
/// <para><b>Virtual machine, container:</b> the instruction usually runs unchanged; a hypervisor may hide it or trap it and answer itself.
/// <b>Co-tenant:</b> one generator serves all cores, so a neighbour can drain it: the instruction then says so and is retried a bounded number of
/// times. <b>Attacker:</b> microcode and the hypervisor are trusted third parties; processors have been seen to return constants with success
/// (all ones after resume, zeros in the 16- and 32-bit forms), which is why the 64-bit form is used and the health tests watch it.</para>
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "A noise source gives back what it holds in Close, and may be opened again.")]
[SupportedOSPlatform("linux")]
[SupportedProcessor(Architecture.X64)]
internal sealed unsafe class HardwareTrngRdSeedSource : NoiseSource
{
    private const int RdSeedBit = 18; // CPUID leaf 7, subleaf 0, EBX (Intel SDM Vol. 2A)
    private const int FeatureLeaf = 7;

    // An exhausted generator recovers within microseconds; the vendor's guide asks for a pause and a bound.
    private const int Attempts = 128;
    private const int PauseIterations = 16;

    private readonly byte[] _instructions;
    private MachineCode? _code;

    /// <summary>Uses the processor's RDSEED.</summary>
    public HardwareTrngRdSeedSource()
        : this(RdSeed) { }

    /// <summary>Uses other instructions in its place, of the same signature.</summary>
    internal HardwareTrngRdSeedSource(ReadOnlySpan<byte> instructions) => _instructions = instructions.ToArray();

    // bool RdSeed(ulong* result), System V: result in rdi, the carry flag (success) as the return value.
    private static ReadOnlySpan<byte> RdSeed =>
        [
            0x48,
            0x0F,
            0xC7,
            0xF8, // rdseed rax
            0x48,
            0x89,
            0x07, //       mov [rdi], rax   (leaves the flags alone)
            0x0F,
            0x92,
            0xC0, //       setc al
            0x0F,
            0xB6,
            0xC0, //       movzx eax, al
            0xC3, //                   ret
        ];

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "hardware_trng.rdseed",
            Category = NoiseCategory.Hardware,
            Mechanism = "Bytes of the processor's RDSEED instruction: a circuit's noise by its vendor's word.",
            Origin = NoiseOrigin.Vendor,
            Digitization = "One byte of a word of the generator's output.",
            Clock = null,
            ClaimedMinEntropy = 0,
            ClaimBasis = "No claim of our own: the processor's vendor would have to be believed.",
            // Uniform bytes have 8 bits; a quarter of it notices a constant, a short cycle or dead bits.
            TestMinEntropy = 2,
        };

    /// <inheritdoc/>
    public override string? WhyUnavailable() =>
        MachineCode.WhyNotX64() ?? (HasRdSeed() ? null : "the processor has no RDSEED, or the hypervisor hides it");

    /// <inheritdoc/>
    protected internal override void Open()
    {
        // Without the feature the instruction would end the process.
        if (WhyUnavailable() is { } reason)
            throw new NoiseSourceException(reason);
        _code = new MachineCode(_instructions);
        _ = Collect(stackalloc byte[sizeof(ulong)]);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Collect(Span<byte> samples)
    {
        var code = _code ?? throw new NoiseSourceException("RDSEED is not open");
        var rdSeed = (delegate* unmanaged[SuppressGCTransition]<ulong*, int>)code.EntryPoint;
        var filled = 0;
        ulong word = 0;
        try
        {
            while (filled < samples.Length && TryRead(rdSeed, &word))
            {
                // digitization: one sample is one byte of the word; what does not fit is not kept
                var bytes = new ReadOnlySpan<byte>(&word, Math.Min(sizeof(ulong), samples.Length - filled));
                bytes.CopyTo(samples[filled..]);
                filled += bytes.Length;
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(new Span<byte>(&word, sizeof(ulong)));
        }

        return filled > 0 ? filled : throw new NoiseSourceException($"RDSEED gave nothing in {Attempts} attempts");
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        _code?.Dispose();
        _code = null;
    }

    /// <summary>Asks until the generator has a word, a bounded number of times.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryRead(delegate* unmanaged[SuppressGCTransition]<ulong*, int> rdSeed, ulong* word)
    {
        for (var attempt = 1; rdSeed(word) == 0; attempt++)
        {
            if (attempt == Attempts)
                return false;
            Thread.SpinWait(PauseIterations);
        }

        return true;
    }

    private static bool HasRdSeed() =>
        X86Base.IsSupported && X86Base.CpuId(0, 0).Eax >= FeatureLeaf && ((X86Base.CpuId(FeatureLeaf, 0).Ebx >> RdSeedBit) & 1) == 1;
}
