namespace OpenEntropy.Drills;

/// <summary>One drill of one source, from its beginning to what was seen of it. Its samples are made on the source's thread, its findings under the source's lock.</summary>
/// <param name="kind"><see cref="DrillKind.Stick"/>, <see cref="DrillKind.Bias"/>, <see cref="DrillKind.Hang"/> or <see cref="DrillKind.Vanish"/>.</param>
/// <param name="pattern">Which samples are replaced; null where none are.</param>
internal sealed class SourceExercise(DrillKind kind, DrillPattern? pattern)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile DrillFinding? _finding;
    private int _value = -1;
    private long _position;

    /// <summary>What is made to fail.</summary>
    public DrillKind Kind => kind;

    /// <summary>Its name in reasons, with what it is.</summary>
    public string Words { get; } = $"drill ({kind.ToString().ToLowerInvariant()})";

    /// <summary>Samples of the drill that the health tests have seen.</summary>
    public long Tested { get; private set; }

    /// <summary>What noticed it, and when; null while nothing has.</summary>
    public DrillFinding? Finding => _finding;

    /// <summary>Replaces samples by one value, which is the first that came, as of a device that froze.</summary>
    /// <param name="samples">The source's own samples.</param>
    public void Replace(Span<byte> samples)
    {
        if (pattern is null || samples.Length == 0)
            return;
        if (_value < 0)
            _value = samples[0];
        for (var i = 0; i < samples.Length; i++)
        {
            // The last of each n is let through, so that the first is not.
            _position++;
            if (pattern.LetThrough == 0 || _position % pattern.LetThrough != 0)
                samples[i] = (byte)_value;
        }
    }

    /// <summary>Waits until the drill ends.</summary>
    public void WaitForEnd() => _ended.Task.GetAwaiter().GetResult();

    /// <summary>Ends the waits.</summary>
    public void Release() => _ended.TrySetResult();

    /// <summary>Counts a sample that the tests see.</summary>
    public void Count(int samples) => Tested += samples;

    /// <summary>A test has noticed; the first one counts.</summary>
    /// <param name="test">Its name.</param>
    /// <param name="now">A timestamp of the time provider.</param>
    public void Notice(string test, long now) => _finding ??= new DrillFinding(test, Tested, now);
}

/// <summary>What noticed a drill.</summary>
/// <param name="Test">The name of the health test.</param>
/// <param name="Samples">Samples of the drill that it had seen by then, the one that made it fail included.</param>
/// <param name="Noticed">When, a timestamp of the time provider.</param>
internal sealed record DrillFinding(string Test, long Samples, long Noticed);
