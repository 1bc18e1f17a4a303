using System.ComponentModel.DataAnnotations;

namespace OpenEntropy.Harvest;

/// <summary>How hard the harvest works.</summary>
public sealed class HarvestOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenEntropy:Harvest";

    /// <summary>Share of one core that the harvest may use once the pool is full, 0.001 to 1. Default 0.012.</summary>
    [Range(0.001, 1.0)]
    public double CpuBudget { get; set; } = 0.012;

    /// <summary>Share of one core that demand for raw samples may use, 0.01 to 1. Default 0.5.</summary>
    [Range(0.01, 1.0)]
    public double RawCpuBudget { get; set; } = 0.5;
}
