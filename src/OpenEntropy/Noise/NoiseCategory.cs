namespace OpenEntropy.Noise;

/// <summary>The part of the machine in which a noise source's phenomenon arises.</summary>
public enum NoiseCategory
{
    /// <summary>Clocks and timers.</summary>
    Timing,

    /// <summary>The kernel and its accounts.</summary>
    System,

    /// <summary>Network round trips.</summary>
    Network,

    /// <summary>Devices.</summary>
    Hardware,

    /// <summary>Processor and memory micro-architecture.</summary>
    Silicon,

    /// <summary>The beat between two parts of the machine.</summary>
    CrossDomain,

    /// <summary>Workloads whose duration varies.</summary>
    Novel,
}
