using System.Text.Json;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Server.Assessment;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Sources;
using OpenEntropy.Server.Tests.Assessment;
using Xunit;

namespace OpenEntropy.Server.Tests.Sources;

public sealed class SourceBodyTests
{
    [Fact]
    public void From_EveryFigureSet_WritesTheContractsMembers()
    {
        var json = JsonSerializer.Serialize(
            SourceBody.From(SampleStatus.Source() with { LoweredBy = 0.5 }, assessments: null),
            ServerJson.Readable.SourceBody
        );

        Assert.Equal(
            """{"name":"page_fault_timing","category":"cross_domain","healthy":true,"state":"healthy","since":"2026-01-02T01:00:00+00:00","reason":null,"bytes":4096,"entropy":6.5"""
                + ""","min_entropy":4.5,"collision_entropy":5.5,"claimed_min_entropy":0.25,"lowered_by":0.5,"assessed_min_entropy":2.5,"assessed_samples":null,"assessed_at":null,"assessments":0,"assessed_minimum":null,"assessed_minimum_samples":null,"assessed_p5":null,"time":1.5,"failures":3"""
                + ""","failures_by_test":{"rct":1,"apt":2},"dropped_bytes":{"health":512},"raw_bytes":17,"credited_bits":33.5"""
                + ""","false_alarm_interval_seconds":7200,"cutoffs":{"min_entropy":0.25,"window":512,"repetition_intermittent":161,"repetition_permanent":241"""
                + ""","proportion_intermittent":491,"proportion_permanent":501},"shares_credit":null,"last_success":"2026-01-02T03:04:05+00:00","last_failure":{"time":"2026-01-01T02:03:04+00:00","reason":"it was unplugged"}"""
                + ""","origin":"operating_system","fast":true,"startup_seconds":0.375,"samples_per_second":2730.5,"credited_bits_per_second":22.25"""
                + ""","mechanism":"How long it takes; it's never the same.","claim_basis":"A figure of 2.64","digitization":"The low byte.","clock":null,"opt_in":true,"private":false,"platforms":["linux"]"""
                + ""","settings":[{"name":"Size","key":"OpenEntropy:Sources:Settings:page_fault_timing:Size","description":"Bytes, 1 to 9. Default 4."}]}""",
            json
        );
    }

    [Theory]
    [InlineData(SourceSpeed.Unknown, null)]
    [InlineData(SourceSpeed.Fast, true)]
    [InlineData(SourceSpeed.Slow, false)]
    public void From_Speed_IsNullBeforeItWasMeasured(SourceSpeed speed, bool? fast) =>
        Assert.Equal(fast, SourceBody.From(SampleStatus.Source() with { Speed = speed }, assessments: null).Fast);

    [Fact]
    public void From_SourceThatNeverFailedAndRunsAnywhere_SaysSo()
    {
        var body = SourceBody.From(SampleStatus.Source() with { LastFailure = null, Platforms = [] }, assessments: null);

        Assert.Null(body.LastFailure);
        Assert.Equal(["linux", "macos", "windows"], body.Platforms);
    }

    [Fact]
    public void From_Assessed_TellsTimeNumberMinimumAndFromTenOnThePercentile()
    {
        var history = ScriptedAssessment.History([.. Enumerable.Range(0, 20).Select(i => 7 - (0.125 * i))]);

        var body = SourceBody.From(SampleStatus.Source(), history);

        Assert.Equal((20L, 4.625, 4.625), (body.Assessments, body.AssessedMinimum, body.AssessedP5));
        Assert.Equal((history.Latest.Time, history.Latest.Samples), (body.AssessedAt, body.AssessedSamples));
    }

    [Fact]
    public void From_LowestOfFewerSamples_TellsWhatEachFigureRestsOn()
    {
        var figure = ScriptedAssessment.History([7]).Latest;
        var history = SourceHistory.Add(null, figure with { MinEntropy = 5, Samples = 20_000 });
        history = SourceHistory.Add(history, figure with { MinEntropy = 6, Samples = 1_000_000 });

        var body = SourceBody.From(SampleStatus.Source(), history);

        Assert.Equal((1_000_000, 20_000), (body.AssessedSamples, body.AssessedMinimumSamples));
        body = SourceBody.From(SampleStatus.Source(), history with { Minimum = 4 });
        Assert.Null(body.AssessedMinimumSamples);
    }

    [Fact]
    public void List_TwoSources_CountsThemAndDisclaimsTheEstimates()
    {
        var body = new SourceListBody([SourceBody.From(SampleStatus.Source(), assessments: null)], 1, SourceEndpoints.Note);

        using var json = JsonDocument.Parse(JsonSerializer.Serialize(body, ServerJson.Readable.SourceListBody));

        Assert.Equal("sources,total,note", string.Join(',', json.RootElement.EnumerateObject().Select(member => member.Name)));
        Assert.Contains("for display", json.RootElement.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SourceState.PermanentlyFailed, "permanently_failed")]
    [InlineData(SourceState.Unavailable, "unavailable")]
    public void Of_State_IsSnakeCase(SourceState state, string name) => Assert.Equal(name, StateNames<SourceState>.Of(state));

    [Fact]
    public void Of_EveryCategory_IsOneOfTheSeven() =>
        Assert.Equal(
            "timing,system,network,hardware,silicon,cross_domain,novel",
            string.Join(',', Enum.GetValues<NoiseCategory>().Select(StateNames<NoiseCategory>.Of))
        );

    [Fact]
    public void UnknownSource_NearNames_NamesThem() =>
        Assert.Equal("there is no source named 'disk_oi'; near it are disk_io", SourceEndpoints.UnknownSource("disk_oi", ["disk_io"]));
}
