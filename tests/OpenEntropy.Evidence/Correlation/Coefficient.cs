namespace OpenEntropy.Evidence.Correlation;

/// <summary>A coefficient of correlation, and what may be chance in it.</summary>
/// <param name="Value">−1 to 1; null where a series is constant or there are too few pairs.</param>
/// <param name="Bound">Three standard deviations.</param>
internal readonly record struct Coefficient(double? Value, double Bound)
{
    /// <summary>What counts as correlated.</summary>
    public const double Threshold = 0.1;

    /// <summary>True where another, longer look is worth its while.</summary>
    public bool IsSuspect => Value is { } value && Math.Abs(value) > Threshold;

    /// <summary>True where it is above the threshold by more than chance.</summary>
    public bool IsShown => Value is { } value && Math.Abs(value) > Threshold + Bound;

    /// <summary>
    /// True where this, of a repeat, shows what a first look suggested: above the threshold by more than chance; or above the threshold and chance,
    /// with the same sign as before.
    /// </summary>
    /// <param name="first">The coefficient of the first look.</param>
    public bool Confirms(Coefficient first) =>
        IsShown
        || (first.IsSuspect && IsSuspect && Math.Sign(first.Value!.Value) == Math.Sign(Value!.Value) && Math.Abs(Value.Value) > Bound);
}
