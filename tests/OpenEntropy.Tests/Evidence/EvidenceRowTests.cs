using OpenEntropy.Evidence.Recordings;
using OpenEntropy.Evidence.Tables;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Evidence;

public sealed class EvidenceRowTests
{
    [Fact]
    public void Add_OfARecordingOfOneSymbol_IsNoBitsAndFailsTheStartup()
    {
        var row = Row(out var source, claim: 1.0 / 3);

        Assert.True(row.Add(Recording(source, new byte[4096])));
        Assert.Equal(
            (0.0, "failed: apt", "one symbol only; **the claim is above half of this figure**"),
            (row.Assessed, row.Startup, row.Note)
        );
    }

    [Fact]
    public void Add_OfSeveral_KeepsTheLowest()
    {
        var row = Row(out var source, claim: 0.2);
        var lively = Enumerable.Range(0, 8192).Select(at => ScriptedNoiseSource.Lively(at)).ToArray();
        var duller = lively.Select(sample => (byte)(sample & 3)).ToArray();

        Assert.True(row.Add(Recording(source, duller)));
        var lowest = row.Assessed;
        Assert.False(row.Add(Recording(source, lively)));

        Assert.InRange(lowest!.Value, 0.2, 2);
        Assert.Equal((lowest, "passed"), (row.Assessed, row.Startup));
    }

    [Fact]
    public void Add_OfAGeneratorsOutput_IsNotAssessed()
    {
        var row = Row(out var source, claim: 0, NoiseOrigin.Vendor);

        Assert.True(row.Add(Recording(source, [.. Enumerable.Range(0, 2048).Select(at => ScriptedNoiseSource.Lively(at))])));
        Assert.Equal((null, "total failure only"), (row.Assessed, row.Startup));
    }

    [Fact]
    public void Add_OfNothing_SaysWhy()
    {
        var row = Row(out var source, claim: 0.1);

        Assert.False(row.Add(Recording(source, []) with { Shortfall = "no device", HasFailed = true }));
        Assert.Equal((0, "no device", true), (row.Samples, row.Note, row.HasFailed));
    }

    private static EvidenceRow Row(out NoiseSource source, double claim, NoiseOrigin origin = NoiseOrigin.Measured)
    {
        source = new ScriptedNoiseSource("scripted") { Claim = claim, Origin = origin };
        return EvidenceRow.Of(source);
    }

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
