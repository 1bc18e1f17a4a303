using OpenEntropy.Evidence.Recordings;
using OpenEntropy.Evidence.Tables;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Evidence;

public sealed class EvidenceRoundsTests
{
    private static readonly byte[] s_lively = [.. Enumerable.Range(0, 2048).Select(at => ScriptedNoiseSource.Lively(at))];

    [Fact]
    public void Run_WithASourceThatFailsLater_SaysInWhichRoundAndWhy()
    {
        var source = new ScriptedNoiseSource("scripted") { Claim = 0 };
        var round = 0;

        var row = Run(
            source,
            rounds: 4,
            _ => ++round == 1 ? Recording(source, s_lively) : Failed(source, [], round == 3 ? "unplugged" : "busy")
        );

        Assert.Equal((2048, true, "rounds 2, 4: busy; round 3: unplugged"), (row.Samples, row.HasFailed, row.Note));
    }

    [Fact]
    public void Run_WhereALowerFigureFollowsAFailure_KeepsItsTrace()
    {
        var source = new ScriptedNoiseSource("scripted") { Claim = 0 };
        var round = 0;

        var row = Run(source, rounds: 2, _ => ++round == 1 ? Failed(source, s_lively, "unplugged") : Recording(source, new byte[2048]));

        Assert.Equal((0.0, "one symbol only; round 1: unplugged"), (row.Assessed, row.Note));
    }

    [Fact]
    public void Run_WhereTheRecordingThatCountsFailed_SaysItOnce()
    {
        var source = new ScriptedNoiseSource("scripted") { Claim = 0 };

        var row = Run(source, rounds: 1, _ => Failed(source, s_lively, "unplugged"));

        Assert.Equal("unplugged", row.Note);
    }

    [Fact]
    public void Run_WithASourceThatHangs_DoesNotTouchItAgain()
    {
        using var hang = new ManualResetEventSlim();
        var source = new ScriptedNoiseSource("scripted") { Hang = hang, Deadline = TimeSpan.FromMilliseconds(1) };
        var other = new ScriptedNoiseSource("other") { Claim = 0 };
        var rows = new[] { EvidenceRow.Of(source), EvidenceRow.Of(other) };

        EvidenceRounds.Run(
            rows,
            rounds: 3,
            each => SourceRecorder.Take(each, 1024, TimeSpan.FromMilliseconds(100), TimeProvider.System),
            (_, _, _) => { }
        );
        hang.Set();

        Assert.True(rows[0] is { Hangs: true, HasFailed: true, Samples: 0 });
        Assert.StartsWith("it did not return within ", rows[0].Note, StringComparison.Ordinal);
        Assert.Equal((1, 3), (source.Opened, other.Opened));
    }

    private static EvidenceRow Run(NoiseSource source, int rounds, Func<NoiseSource, SourceRecording> record)
    {
        var row = EvidenceRow.Of(source);
        EvidenceRounds.Run([row], rounds, record, (_, _, _) => { });
        return row;
    }

    private static SourceRecording Failed(NoiseSource source, byte[] samples, string why) =>
        Recording(source, samples) with
        {
            Shortfall = why,
            HasFailed = true,
        };

    private static SourceRecording Recording(NoiseSource source, byte[] samples) =>
        new()
        {
            Source = source.Info,
            Samples = samples,
            Measurements = null,
            Start = DateTimeOffset.UnixEpoch,
            End = DateTimeOffset.UnixEpoch,
            Elapsed = TimeSpan.FromSeconds(1),
            Sequence = "Made.",
            Shortfall = null,
            HasFailed = false,
        };
}
