using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using OpenEntropy.Health;
using OpenEntropy.Server.Tests.Assessment;
using Xunit;

namespace OpenEntropy.Server.Tests.Metrics;

public sealed partial class PrometheusScrapeTests
{
    [Theory]
    [InlineData("openentropy_state{state=\"degraded\"} 1")]
    [InlineData("openentropy_state{state=\"healthy\"} 0")]
    [InlineData("openentropy_raw_bytes_total 1001")]
    [InlineData("openentropy_assessed_entropy_bytes_total 1000")]
    [InlineData("openentropy_pool_dropped_blocks_total{reason=\"expired\"} 3")]
    [InlineData("openentropy_reseeds_total{reason=\"fresh\"} 1")]
    [InlineData("openentropy_seed_age_seconds 0.25")]
    [InlineData("openentropy_source_state{source=\"disk_io\",state=\"permanently_failed\"} 1")]
    [InlineData("openentropy_source_healthy{source=\"disk_io\"} 0")]
    [InlineData("openentropy_source_failures_total{source=\"disk_io\",test=\"apt\"} 2")]
    [InlineData("openentropy_source_dropped_bytes_total{reason=\"health\",source=\"disk_io\"} 512")]
    [InlineData("openentropy_source_claimed_min_entropy_ratio{source=\"disk_io\"} 0.03125")]
    [InlineData("openentropy_source_shannon_entropy_ratio{source=\"disk_io\"} 0.8125")]
    [InlineData("openentropy_source_last_success_timestamp_seconds{source=\"disk_io\"} 1767323045")]
    [InlineData("openentropy_source_startup_seconds{source=\"disk_io\"} 0.375")]
    [InlineData("# TYPE openentropy_raw_bytes_total counter")]
    [InlineData("# TYPE openentropy_seed_age_seconds gauge")]
    [InlineData("# HELP openentropy_raw_bytes_total Raw samples collected.")]
    public void Render_SampleStatus_HasTheLine(string line)
    {
        using var fixture = new ScrapeFixture();

        ScrapeFixture.AssertLine(line, fixture.Lines());
    }

    [Theory]
    [InlineData("openentropy_source_assessments_total{source=\"disk_io\"} 12")]
    [InlineData("openentropy_source_assessments_total{source=\"page_fault_timing\"} 0")]
    [InlineData("openentropy_source_claim_lowered{source=\"disk_io\"} 0")]
    [InlineData("openentropy_source_assessed_min_entropy_lowest_ratio{source=\"disk_io\"} 0.5")]
    [InlineData("openentropy_source_assessed_min_entropy_p5_ratio{source=\"disk_io\"} 0.5")]
    [InlineData("openentropy_source_last_assessment_timestamp_seconds{source=\"disk_io\"} 0")]
    [InlineData("openentropy_assessor_state{state=\"waiting\"} 1")]
    [InlineData("openentropy_assessor_state{state=\"recording\"} 0")]
    [InlineData("openentropy_assessor_cpu_seconds_total 1.5")]
    [InlineData("# TYPE openentropy_source_assessments_total counter")]
    public void Render_SourceAssessedTwelveTimes_HasTheLine(string line)
    {
        using var fixture = Assessed();

        var lines = fixture.Lines();

        ScrapeFixture.AssertLine(line, lines);
        Assert.DoesNotContain(
            lines,
            each => each.StartsWith("openentropy_source_assessed_min_entropy_p5_ratio{source=\"page", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Render_Twice_FollowsTheAccounts()
    {
        using var fixture = new ScrapeFixture();
        fixture.Lines();
        fixture.Status = SampleStatus.Pool(PoolState.Healthy) with { RawBytes = 5005, SeedAge = null };

        var lines = fixture.Lines();

        ScrapeFixture.AssertLine("openentropy_raw_bytes_total 5005", lines);
        ScrapeFixture.AssertLine("openentropy_state{state=\"healthy\"} 1", lines);
        Assert.DoesNotContain(lines, line => line.Contains("openentropy_seed_age_seconds", StringComparison.Ordinal));
    }

    [Fact]
    public void Render_SourceNeverSampled_HasNoEntropyToShow()
    {
        using var fixture = new ScrapeFixture
        {
            Status = SampleStatus.Pool(PoolState.Starting, SampleStatus.Source() with { Samples = 0 }),
        };

        var lines = fixture.Lines();

        Assert.DoesNotContain(lines, line => line.Contains("openentropy_source_shannon_entropy_ratio", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("openentropy_source_min_entropy_ratio", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("openentropy_source_collision_entropy_ratio", StringComparison.Ordinal));
        ScrapeFixture.AssertLine("openentropy_source_claimed_min_entropy_ratio{source=\"page_fault_timing\"} 0.03125", lines);
    }

    [Fact]
    public void Render_Process_TellsWhatRunsAndWhatItCosts()
    {
        using var fixture = new ScrapeFixture();

        var lines = fixture.Lines();

        var build = Assert.Single(lines, line => line.StartsWith("openentropy_build_info{", StringComparison.Ordinal));
        Assert.Contains($"runtime=\"{RuntimeInformation.FrameworkDescription}\"", build, StringComparison.Ordinal);
        Assert.Contains($"version=\"{typeof(EntropyPool).Assembly.GetName().Version!.ToString(3)}\"", build, StringComparison.Ordinal);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        Assert.InRange(Value("process_start_time_seconds"), now - 86_400, now + 1);
        Assert.InRange(Value("process_cpu_seconds_total"), 0.01, 1e6);
        Assert.InRange(Value("process_resident_memory_bytes"), 1e6, 1e12);

        double Value(string name) =>
            double.Parse(Assert.Single(lines, line => line.StartsWith(name + " ", StringComparison.Ordinal))[(name.Length + 1)..]);
    }

    [Theory]
    [InlineData("/sources/", "/sources")]
    [InlineData("/", "/")]
    [InlineData(null, "none")]
    public void Render_Route_IsThePathOrNone(string? route, string label)
    {
        using var fixture = new ScrapeFixture();
        using var meter = fixture.Factory.Create(new("Microsoft.AspNetCore.Hosting"));
        var durations = meter.CreateHistogram<double>("http.server.request.duration", "s", "Duration of HTTP server requests.");
        durations.Record(
            0.002,
            route is null
                ? [new("http.request.method", "GET")]
                : [new("http.request.method", "GET"), new KeyValuePair<string, object?>("http.route", route)]
        );

        var count = Assert.Single(
            fixture.Lines(),
            line => line.StartsWith("http_server_request_duration_seconds_count", StringComparison.Ordinal)
        );

        Assert.Contains($"http_route=\"{label}\"", count, StringComparison.Ordinal);
        Assert.Contains("http_request_method=\"GET\"", count, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_EveryFamily_HasOneHelpAndOneType()
    {
        using var fixture = new ScrapeFixture();
        var lines = fixture.Lines();
        var headings = lines.Where(line => line.StartsWith('#')).Select(line => string.Join(' ', line.Split(' ').Take(3))).ToList();

        Assert.Equal(headings.Count, headings.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(
            lines
                .Where(line => !line.StartsWith('#'))
                .Select(line => HistogramParts().Replace(line.Split('{', ' ')[0], ""))
                .Distinct(StringComparer.Ordinal)
                .Count(),
            headings.Count / 2
        );
    }

    [Fact]
    public void Render_AnotherApplicationsMeters_AreLeftOut()
    {
        using var fixture = new ScrapeFixture();
        using var other = new ScrapeFixture { Status = SampleStatus.Pool() with { RawBytes = 77 } };

        var lines = fixture.Lines();

        Assert.Single(lines, line => line.StartsWith("openentropy_raw_bytes_total ", StringComparison.Ordinal));
        ScrapeFixture.AssertLine("openentropy_raw_bytes_total 1001", lines);
    }

    [Fact]
    public void Render_RequestDurations_AreAHistogramInSeconds()
    {
        using var fixture = new ScrapeFixture();
        using var meter = fixture.Factory.Create(new("Microsoft.AspNetCore.Hosting"));
        var durations = meter.CreateHistogram<double>("http.server.request.duration", "s", "Duration of HTTP server requests.");
        durations.Record(0.002, new KeyValuePair<string, object?>("http.route", "/health"), new("client", "secret"));
        durations.Record(0.02, new KeyValuePair<string, object?>("http.route", "/health"));
        durations.Record(99, new KeyValuePair<string, object?>("http.route", "/health"));

        var lines = fixture.Lines();

        ScrapeFixture.AssertLine("# TYPE http_server_request_duration_seconds histogram", lines);
        ScrapeFixture.AssertLine("http_server_request_duration_seconds_bucket{http_route=\"/health\",le=\"0.001\"} 0", lines);
        ScrapeFixture.AssertLine("http_server_request_duration_seconds_bucket{http_route=\"/health\",le=\"0.0025\"} 1", lines);
        ScrapeFixture.AssertLine("http_server_request_duration_seconds_bucket{http_route=\"/health\",le=\"0.025\"} 2", lines);
        ScrapeFixture.AssertLine("http_server_request_duration_seconds_bucket{http_route=\"/health\",le=\"+Inf\"} 3", lines);
        ScrapeFixture.AssertLine("http_server_request_duration_seconds_count{http_route=\"/health\"} 3", lines);
        Assert.DoesNotContain(lines, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void Render_RequestsInFlight_AreOneGauge()
    {
        using var fixture = new ScrapeFixture();
        using var meter = fixture.Factory.Create(new("Microsoft.AspNetCore.Hosting"));
        var active = meter.CreateUpDownCounter<long>("http.server.active_requests", "{request}", "Number of active HTTP server requests.");
        active.Add(1, new KeyValuePair<string, object?>("http.request.method", "GET"));
        active.Add(1, new KeyValuePair<string, object?>("http.request.method", "POST"));
        active.Add(-1, new KeyValuePair<string, object?>("http.request.method", "GET"));

        var lines = fixture.Lines();

        ScrapeFixture.AssertLine("# TYPE http_server_active_requests gauge", lines);
        ScrapeFixture.AssertLine("http_server_active_requests 1", lines);
    }

    [Fact]
    public void Render_SourceTheMachineNeverHad_HasAStateAndNoCounters()
    {
        using var fixture = new ScrapeFixture
        {
            Status = SampleStatus.Pool(PoolState.Healthy, SampleStatus.Source("gone", SourceState.Unavailable) with { Samples = 0 }),
        };

        var lines = fixture.Lines();

        ScrapeFixture.AssertLine("openentropy_source_state{source=\"gone\",state=\"unavailable\"} 1", lines);
        Assert.DoesNotContain(
            lines,
            line => line.Contains("_total{", StringComparison.Ordinal) && line.Contains("\"gone\"", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Render_SourceLeavesAState_TheStateGoesOnAtZeroAndOthersAreNotShown()
    {
        using var fixture = new ScrapeFixture { Status = One(SourceState.Disabled) };
        var before = States();
        fixture.Status = One(SourceState.Healthy);
        var after = States();
        fixture.Status = One(SourceState.Failed);

        Assert.Equal(["disabled 1", "failed 0", "permanently_failed 0"], before);
        Assert.Equal(["disabled 0", "failed 0", "healthy 1", "permanently_failed 0"], after);
        Assert.Equal(["disabled 0", "failed 1", "healthy 0", "permanently_failed 0"], States());

        static EntropyPoolStatus One(SourceState state) => SampleStatus.Pool(PoolState.Healthy, SampleStatus.Source("one", state));

        string[] States() =>
            [
                .. fixture
                    .Lines()
                    .Where(line => line.StartsWith("openentropy_source_state{source=\"one\"", StringComparison.Ordinal))
                    .Select(line => line.Split("state=\"")[1].Replace("\"}", "", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal),
            ];
    }

    [Fact]
    public void Render_NameWithQuotesAndBreaks_IsEscaped()
    {
        using var fixture = new ScrapeFixture
        {
            Status = SampleStatus.Pool(PoolState.Healthy, SampleStatus.Source("a\"b\\c\nd", SourceState.Healthy)),
        };

        ScrapeFixture.AssertLine("openentropy_source_healthy{source=\"a\\\"b\\\\c\\nd\"} 1", fixture.Lines());
    }

    [Fact]
    public void Render_FiftySources_AddsAsManySeriesForEach()
    {
        using var few = new ScrapeFixture { Status = Sources(1) };
        using var more = new ScrapeFixture { Status = Sources(2) };
        using var many = new ScrapeFixture { Status = Sources(50) };
        var (one, two, fifty) = (Series(few), Series(more), Series(many));

        Assert.Equal(one.Count + (49 * (two.Count - one.Count)), fifty.Count);
        Assert.Equal(fifty.Count, fifty.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(
            ["category", "le", "quality", "reason", "result", "route", "runtime", "source", "state", "test", "type", "version"],
            fifty
                .SelectMany(line => LabelNames().Matches(line).Select(match => match.Groups["label"].Value))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        );
        Assert.DoesNotContain(one, line => line.Contains("source_50", StringComparison.Ordinal));

        static List<string> Series(ScrapeFixture fixture) =>
            [.. fixture.Lines().Where(line => !line.StartsWith('#')).Select(line => line[..line.LastIndexOf(' ')])];
    }

    [Fact]
    public void Render_SpeedNotMeasuredYet_HasNoStartUpTimeToShow()
    {
        using var fixture = new ScrapeFixture
        {
            Status = SampleStatus.Pool(PoolState.Starting, SampleStatus.Source() with { SecondsPerStartup = null }),
        };

        Assert.DoesNotContain(fixture.Lines(), line => line.Contains("openentropy_source_startup_seconds", StringComparison.Ordinal));
    }

    [PromtoolFact]
    public async Task Render_CheckedByPromtool_FindsNothingToSay()
    {
        using var fixture = Assessed();
        fixture.Status = Sources(50);
        using var promtool = Process.Start(
            new ProcessStartInfo(PromtoolFactAttribute.Find()!, "check metrics")
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;

        await promtool.StandardInput.WriteAsync(string.Concat(fixture.Lines().Select(line => line + "\n")));
        promtool.StandardInput.Close();
        var said = await promtool.StandardOutput.ReadToEndAsync() + await promtool.StandardError.ReadToEndAsync();
        await promtool.WaitForExitAsync();

        Assert.Equal("", said);
        Assert.Equal(0, promtool.ExitCode);
    }

    [GeneratedRegex("(?<label>[a-z_]+)=\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LabelNames();

    [GeneratedRegex("(?<=_duration_seconds)_(bucket|sum|count)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HistogramParts();

    private static EntropyPoolStatus Sources(int count) =>
        SampleStatus.Pool(PoolState.Healthy, [.. Enumerable.Range(1, count).Select(i => SampleStatus.Source($"source_{i}"))]);

    private static ScrapeFixture Assessed()
    {
        var fixture = new ScrapeFixture();
        fixture.Assessor.ProcessorTime = TimeSpan.FromSeconds(1.5);
        for (var i = 0; i < 12; i++)
        {
            fixture.Assessments.Add("disk_io", ScriptedAssessment.Figure(i == 5 ? 4 : 6));
        }

        return fixture;
    }
}
