using OpenEntropy.Noise;

namespace OpenEntropy.Drills;

/// <summary>
/// A noise source that can be made to fail. It stands around the source only where drills are allowed, and passes everything on while there is none.
/// </summary>
/// <param name="noise">The source.</param>
internal sealed class DrilledNoiseSource(NoiseSource noise) : NoiseSource
{
    private volatile SourceExercise? _exercise;
    private volatile SourceExercise? _ofLast;

    /// <summary>The drill that is on; null for none. Set under the lock of the source's owner.</summary>
    public SourceExercise? Exercise
    {
        get => _exercise;
        set => _exercise = value;
    }

    /// <summary>The drill under which the last collection began; null where there was none.</summary>
    public SourceExercise? OfLastCollection => _ofLast;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info => noise.Info;

    /// <inheritdoc/>
    public override string? WhyUnavailable() => noise.WhyUnavailable();

    /// <inheritdoc/>
    protected internal override void Open()
    {
        ThrowIfGone(_exercise);
        noise.Open();
    }

    /// <inheritdoc/>
    protected internal override int Collect(Span<byte> samples)
    {
        var exercise = _ofLast = _exercise;
        if (exercise is null)
            return noise.Collect(samples);
        ThrowIfGone(exercise);
        if (exercise.Kind == DrillKind.Hang)
            exercise.WaitForEnd();
        var count = noise.Collect(samples);
        exercise.Replace(samples[..Math.Clamp(count, 0, samples.Length)]);
        return count;
    }

    /// <inheritdoc/>
    protected internal override void Close() => noise.Close();

    private static void ThrowIfGone(SourceExercise? exercise)
    {
        if (exercise?.Kind == DrillKind.Vanish)
            throw new NoiseSourceException("the device is gone");
    }
}
