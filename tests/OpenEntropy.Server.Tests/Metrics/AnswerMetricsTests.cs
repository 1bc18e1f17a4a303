using Microsoft.AspNetCore.Http;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Randomness;
using Xunit;

namespace OpenEntropy.Server.Tests.Metrics;

public sealed class AnswerMetricsTests
{
    private const string Name = "openentropy_answers_broken_off_total";

    [Fact]
    public void Render_NothingBrokenOff_HasASeriesForEachReasonAtZero()
    {
        using var fixture = new ScrapeFixture();

        var lines = fixture.Lines();

        foreach (var route in new[] { "/api/v1/random", "/api/v1/stream" })
        {
            foreach (var reason in new[] { "starting", "seed_too_old", "no_entropy", "pool_dry", "source_slow", "stopped" })
            {
                ScrapeFixture.AssertLine($"{Name}{{reason=\"{reason}\",route=\"{route}\"}} 0", lines);
            }
        }

        ScrapeFixture.AssertLine($"# TYPE {Name} counter", lines);
    }

    [Fact]
    public void Render_Refusals_AreCountedByReasonAndRoute()
    {
        using var fixture = new ScrapeFixture();
        var context = new DefaultHttpContext();
        context.Response.StatusCode = 503;
        RefusalCounts.Note(context, RefusalReason.SeedTooOld);
        fixture.Refusals.Add(context);

        var lines = fixture.Lines();

        ScrapeFixture.AssertLine("openentropy_refusals_total{reason=\"seed_too_old\",route=\"none\"} 1", lines);
        ScrapeFixture.AssertLine("openentropy_refusals_total{reason=\"seed_too_old\",route=\"/api/v1/random\"} 0", lines);
        ScrapeFixture.AssertLine("openentropy_refusals_total{reason=\"bad_request\",route=\"/api/v1/random\"} 0", lines);
        ScrapeFixture.AssertLine("# TYPE openentropy_refusals_total counter", lines);
    }

    [Fact]
    public void Render_BytesServed_AreCountedByQualityAndType()
    {
        using var fixture = new ScrapeFixture();
        fixture.Served.Add(PoolOutput.Limited, ServedType.Base64, 48);
        fixture.Served.Add(PoolOutput.Limited, ServedType.Base64, 2);

        var lines = fixture.Lines();

        ScrapeFixture.AssertLine("openentropy_output_bytes_total{quality=\"limited\",type=\"base64\"} 50", lines);
        ScrapeFixture.AssertLine("openentropy_output_bytes_total{quality=\"drbg\",type=\"uint8\"} 0", lines);
        ScrapeFixture.AssertLine("# TYPE openentropy_output_bytes_total counter", lines);
    }

    [Fact]
    public void Render_SomeBrokenOff_CountsThemByReasonAndRoute()
    {
        using var fixture = new ScrapeFixture();
        fixture.BrokenOff.Add("pool_dry", "/api/v1/stream");
        fixture.BrokenOff.Add("pool_dry", "/api/v1/stream");
        fixture.BrokenOff.Add("seed_too_old", "/");

        var lines = fixture.Lines();

        ScrapeFixture.AssertLine($"{Name}{{reason=\"pool_dry\",route=\"/api/v1/stream\"}} 2", lines);
        ScrapeFixture.AssertLine($"{Name}{{reason=\"pool_dry\",route=\"/api/v1/random\"}} 0", lines);
        ScrapeFixture.AssertLine($"{Name}{{reason=\"seed_too_old\",route=\"/\"}} 1", lines);
        ScrapeFixture.AssertLine($"{Name}{{reason=\"stopped\",route=\"/\"}} 0", lines);
    }
}
