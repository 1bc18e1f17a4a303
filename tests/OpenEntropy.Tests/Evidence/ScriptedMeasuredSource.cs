using OpenEntropy.Noise;

namespace OpenEntropy.Tests.Evidence;

/// <summary>A source of measurements that follow a formula.</summary>
/// <param name="value">The measurement at each position.</param>
internal sealed class ScriptedMeasuredSource(Func<long, long> value) : MeasuredSource
{
    private long _position;

    /// <summary>Called when the source is opened.</summary>
    public Action? Opening { get; init; }

    /// <summary>Called when the source is closed.</summary>
    public Action? Closing { get; init; }

    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "scripted",
            Category = NoiseCategory.Novel,
            Mechanism = "A script.",
            Digitization = "The low byte.",
            Clock = null,
            ClaimedMinEntropy = 0,
            ClaimBasis = "none: it is a script",
        };

    protected internal override void Open()
    {
        _position = 0;
        Opening?.Invoke();
    }

    protected internal override int Measure(Span<long> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = value(_position++);
        return values.Length;
    }

    protected internal override byte Digitize(long value) => (byte)value; // digitization: the low byte

    protected internal override void Close() => Closing?.Invoke();
}
