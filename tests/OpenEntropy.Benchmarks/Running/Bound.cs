namespace OpenEntropy.Benchmarks.Running;

/// <summary>What a figure is to reach.</summary>
/// <param name="Value">The bound, in the unit of the figure.</param>
/// <param name="IsLeast">Whether the figure may not be below it; otherwise it may not be above.</param>
/// <param name="Text">The bound in words, with its unit and what should be reached besides.</param>
internal sealed record Bound(double Value, bool IsLeast, string Text)
{
    /// <summary>A figure that may not be above.</summary>
    /// <param name="value">The most it may be.</param>
    /// <param name="text">The same with its unit.</param>
    public static Bound AtMost(double value, string text) => new(value, IsLeast: false, $"at most {text}");

    /// <summary>A figure that may not be below.</summary>
    /// <param name="value">The least it may be.</param>
    /// <param name="text">The same with its unit; null for a plain number.</param>
    public static Bound AtLeast(double value, string? text = null) => new(value, IsLeast: true, $"at least {text ?? $"{value:0.0#}"}");

    /// <summary>Whether a figure reaches it; what is no number does not.</summary>
    /// <param name="figure">The figure.</param>
    public bool Holds(double figure) => IsLeast ? figure >= Value : figure <= Value;
}
