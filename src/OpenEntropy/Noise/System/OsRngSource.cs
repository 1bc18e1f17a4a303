using OpenEntropy.Drbg;

// The folder's name would hide the System namespace, so its sources stay in the parent's.
namespace OpenEntropy.Noise;

/// <summary>Bytes of the operating system's generator.</summary>
/// <remarks>
/// <para><b>What is measured:</b> nothing; one sample is one byte of <c>getrandom</c>, or of the platform's generator where that call does not exist.</para>
/// <para><b>Why it varies:</b> it is the output of the kernel's own DRBG, which computes it from a seed. Whoever trusts the kernel has 256 bits
/// of security; as a noise source it has nothing to claim.</para>
/// <para><b>Virtual machine:</b> a clone continues with its original's state until the kernel learns of it. <b>Container, co-tenant:</b> nothing.
/// <b>Attacker:</b> one who holds the kernel holds this.</para>
/// <para>Mixed in without credit, so that our output is never weaker than the system's.</para>
/// </remarks>
internal sealed class OsRngSource : NoiseSource
{
    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "os_rng",
            Category = NoiseCategory.System,
            Mechanism = "Bytes of the operating system's generator: computed, not measured.",
            Origin = NoiseOrigin.OperatingSystem,
            Digitization = "One byte of the generator's output.",
            Clock = null,
            ClaimedMinEntropy = 0,
            ClaimBasis = "No claim: the output of a generator says nothing about its seed.",
            // Uniform bytes have 8 bits; half of it notices a constant, a short cycle or a dead bit without false alarms.
            TestMinEntropy = 4,
        };

    /// <inheritdoc/>
    protected internal override int Collect(Span<byte> samples)
    {
        OsRandom.Fill(samples); // digitization: one sample is one byte
        return samples.Length;
    }
}
