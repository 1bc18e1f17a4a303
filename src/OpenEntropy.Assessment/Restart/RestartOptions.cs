using OpenEntropy.Assessment.NonIid;

namespace OpenEntropy.Assessment.Restart;

/// <summary>How a restart test goes about it.</summary>
public sealed record RestartOptions
{
    /// <summary>The fewest rounds: the cutoff is to be exceeded in 5 of a million, and some of those must be seen.</summary>
    public const int FewestSimulationRounds = 1_000_000;

    /// <summary>The seed of the simulation; the same seed gives the same cutoff.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many rounds are simulated, 1,000,000 at least; 5,000,000 in NIST's tool.</summary>
    public int SimulationRounds { get; init; } = 5_000_000;

    /// <summary>How many estimators run at once, 1 to 64; by default one a core.</summary>
    public int Parallelism { get; init; } = new NonIidOptions().Parallelism;

    /// <summary>Called by whatever runs, from every thread that computes.</summary>
    public Checkpoint? Checkpoint { get; init; }
}
