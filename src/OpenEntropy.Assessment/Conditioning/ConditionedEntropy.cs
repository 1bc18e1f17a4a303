namespace OpenEntropy.Assessment.Conditioning;

/// <summary>The entropy of a conditioning component's output (SP 800-90B, 3.1.5), and what it was computed from. Entropies in bits.</summary>
public sealed record ConditionedEntropy
{
    /// <summary>n_in, bits.</summary>
    public required int InputBits { get; init; }

    /// <summary>n_out, bits.</summary>
    public required int OutputBits { get; init; }

    /// <summary>nw, bits: the narrowest internal width, at most n_in.</summary>
    public required int Width { get; init; }

    /// <summary>h_in.</summary>
    public required ExtendedFigure InputEntropy { get; init; }

    /// <summary>h', bits per bit of output; null of a vetted component.</summary>
    public required ExtendedFigure? EntropyPerBit { get; init; }

    /// <summary>Output_Entropy(n_in, n_out, nw, h_in), rounded to the nearest 64-bit figure: up to half its last bit too high.</summary>
    public required ExtendedFigure OutputEntropy { get; init; }

    /// <summary>The greatest double that is not above Output_Entropy: the figure to credit.</summary>
    public required double OutputEntropyAtLeast { get; init; }

    /// <summary>0.999 n_out; null of a vetted component.</summary>
    public required ExtendedFigure? UnvettedBound { get; init; }

    /// <summary>h' n_out; null of a vetted component.</summary>
    public required ExtendedFigure? StatisticalBound { get; init; }

    /// <summary>−log2 ε where Output_Entropy = (1 − ε) n_out; rounded down, so that ε is never too small.</summary>
    public required ExtendedFigure OutputEpsilonExponent { get; init; }

    /// <summary>−log2 ε where Output_Entropy = (1 − ε) h_in.</summary>
    public required ExtendedFigure InputEpsilonExponent { get; init; }

    /// <summary>−log2 ε where Output_Entropy = (1 − ε) nw.</summary>
    public required ExtendedFigure WidthEpsilonExponent { get; init; }

    /// <summary>True of a vetted component.</summary>
    public bool IsVetted => EntropyPerBit is null;

    /// <summary>h_out: Output_Entropy, and of a component that is not vetted the least of it, 0.999 n_out and h' n_out.</summary>
    public ExtendedFigure EntropyOfOutput => Lesser(Lesser(OutputEntropy, UnvettedBound), StatisticalBound);

    /// <summary>The greatest double that is not above h_out: the figure to credit.</summary>
    public double EntropyOfOutputAtLeast => IsVetted ? OutputEntropyAtLeast : Math.Min(OutputEntropyAtLeast, EntropyOfOutput.RoundedDown);

    /// <summary>
    /// True where the output of a vetted component has full entropy by FIPS 140-3 IG D.K, Resolution 19: h_in ≥ n_out + 64 and Output_Entropy above
    /// 0.999 n_out, provided that the component's security strength is n_out at least, which cannot be known here.
    /// </summary>
    public bool IsFullEntropy =>
        IsVetted
        && OutputEntropy.Value.OrderTo(ConditioningEntropy.OfOutput(OutputBits).Value) > 0
        && InputEntropy.Value.OrderTo(BigFloat.From(OutputBits + 64L)) >= 0;

    /// <summary>True where Output_Entropy is so near to n_out that it rounds to it; by how much it falls short is <see cref="OutputEpsilonExponent"/>.</summary>
    public bool IsCloseToOutputBits => OutputEntropy.Value.OrderTo(BigFloat.From(OutputBits)) == 0;

    /// <summary>True where it rounds to h_in.</summary>
    public bool IsCloseToInputEntropy => OutputEntropy.Value.OrderTo(InputEntropy.Value) == 0;

    /// <summary>True where it rounds to nw.</summary>
    public bool IsCloseToWidth => OutputEntropy.Value.OrderTo(BigFloat.From(Width)) == 0;

    private static ExtendedFigure Lesser(ExtendedFigure figure, ExtendedFigure? bound) =>
        bound is null || figure.Value.OrderTo(bound.Value) <= 0 ? figure : bound;
}
