using OpenEntropy.Drills;

namespace OpenEntropy.Health;

/// <content>Drills: the source's own tests and failures stand still while one is on.</content>
internal sealed partial class SourceJudge
{
    private SourceExercise? _exercise;
    private ContinuousTests? _own;

    /// <summary>Puts the source's own tests aside; those of the drill begin with a run and a window of their own.</summary>
    /// <param name="exercise">The drill.</param>
    public void BeginDrill(SourceExercise exercise)
    {
        (_exercise, _own) = (exercise, _tests);
        _tests = new ContinuousTests(_tests.Cutoffs);
        Failures.PutAside();
    }

    /// <summary>Takes the source's own tests back; where it is not off, it must pass its start-up test.</summary>
    public void EndDrill()
    {
        var own = _own!;

        // An assessment may have lowered the claim meanwhile.
        _tests = _tests.Cutoffs is { } cutoffs && cutoffs != own.Cutoffs ? new ContinuousTests(cutoffs, own) : own;
        (_exercise, _own) = (null, null);
        Failures.TakeBack();
        if (IsJudged || State == SourceState.PermanentlyFailed)
            StartTrial(SourceState.Starting, "a drill has ended");
    }

    /// <summary>Tests a drill's samples one by one until one makes a test fail, which tells after how many it did; then the rest.</summary>
    /// <param name="samples">Consecutive, undisturbed samples.</param>
    /// <param name="exercise">The drill.</param>
    public void TestDrilled(ReadOnlySpan<byte> samples, SourceExercise exercise)
    {
        while (samples.Length > 0)
        {
            var part = exercise.Finding is null ? samples[..1] : samples;
            exercise.Count(part.Length);
            Test(part);
            samples = samples[part.Length..];
        }
    }

    private string Named(string why) => _exercise is { } exercise ? $"{exercise.Words}: {why}" : why;

    private void Notice(string test) => _exercise?.Notice(test, time.GetTimestamp());
}
