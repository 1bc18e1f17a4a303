using OpenEntropy.Assessment.NonIid;

namespace OpenEntropy.Assessment.Restart;

/// <summary>What the restart test (SP 800-90B, 3.1.4) says of a noise source, and every figure on the way.</summary>
public sealed record RestartTestResult
{
    /// <summary>H_I, the initial entropy estimate, bits per sample.</summary>
    public required double InitialEntropy { get; init; }

    /// <summary>α = 1 − 0.99^(1/2000): the chance of any one row or column to exceed the cutoff, so that all pass with 99 %.</summary>
    public required double Alpha { get; init; }

    /// <summary>The seed of the simulated cutoff.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How many rounds were simulated.</summary>
    public required int SimulationRounds { get; init; }

    /// <summary>X_cutoff, simulated: the greatest count of a symbol in a row or column that passes.</summary>
    public required int Cutoff { get; init; }

    /// <summary>X_cutoff computed from the exact distribution, which the simulated one is an estimate of. It decides nothing.</summary>
    public required int ExactCutoff { get; init; }

    /// <summary>X_r, the greatest count of a symbol in a row.</summary>
    public required int RowMaximum { get; init; }

    /// <summary>X_c, the greatest count of a symbol in a column.</summary>
    public required int ColumnMaximum { get; init; }

    /// <summary>X_max = max(X_r, X_c).</summary>
    public int Maximum => Math.Max(RowMaximum, ColumnMaximum);

    /// <summary>The sanity check (3.1.4.3): X_max ≤ X_cutoff.</summary>
    public bool IsSane => Maximum <= Cutoff;

    /// <summary>The estimates of the row dataset; null where the sanity check failed.</summary>
    public required NonIidAssessment? Rows { get; init; }

    /// <summary>The estimates of the column dataset; null where the sanity check failed.</summary>
    public required NonIidAssessment? Columns { get; init; }

    /// <summary>H_r, bits per sample: H_original of the row dataset; as in NIST's tool, the bit string is not looked at.</summary>
    public double? RowEntropy => Rows?.HOriginal;

    /// <summary>H_c, bits per sample: H_original of the column dataset.</summary>
    public double? ColumnEntropy => Columns?.HOriginal;

    /// <summary>True where the source is sane and min(H_r, H_c) ≥ H_I / 2 (3.1.4.2).</summary>
    public bool IsPassed => IsSane && Math.Min(RowEntropy!.Value, ColumnEntropy!.Value) >= InitialEntropy / 2.0;

    /// <summary>min(H_r, H_c, H_I), bits per sample; null where the source failed, for then it is awarded none.</summary>
    public double? ValidatedEntropy => IsPassed ? Math.Min(Math.Min(RowEntropy!.Value, ColumnEntropy!.Value), InitialEntropy) : null;
}
