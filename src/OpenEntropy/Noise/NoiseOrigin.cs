namespace OpenEntropy.Noise;

/// <summary>Where a sample's unpredictability is said to come from. It decides what a sample may be used for.</summary>
public enum NoiseOrigin
{
    /// <summary>Variation this process measures itself. The only origin that earns credit unasked, and that joins the raw output of several sources.</summary>
    Measured,

    /// <summary>Numbers that the kernel counts, or reads from sensors, and any local user can read. Never credited.</summary>
    Counter,

    /// <summary>The operating system's own generator. Never credited.</summary>
    OperatingSystem,

    /// <summary>A generator behind a vendor's interface (RDSEED, TPM, virtio-rng): a trusted third party, credited only when the operator opts in.</summary>
    Vendor,
}
