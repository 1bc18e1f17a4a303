using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OpenEntropy.Server.Drills;
using OpenEntropy.Server.Tests.Faults;
using Xunit;

namespace OpenEntropy.Server.Tests.Drills;

/// <summary>Every kind of drill through the public door: it shows within its bound, nothing unhealthy is given, and all is as before by itself.</summary>
public sealed class DrillTests
{
    [Theory]
    [InlineData("stick", "rct")]
    [InlineData("bias", "apt")]
    [InlineData("hang", "total_failure")]
    [InlineData("vanish", "total_failure")]
    public async Task Post_OfASource_ShowsWithinTheBoundEarnsNothingAndClearsByItself(string kind, string test)
    {
        await using var service = await DrilledService.StartAsync();

        var id = await service.BeginAsync($"kind={kind}&source=scripted_a&seconds=10");
        var credited = (await service.Client.SourceAsync("scripted_a")).GetProperty("credited_bits").GetDouble();
        await service.UntilShownAsync(id);

        var (_, health) = await service.Client.JsonAsync("/health");
        Assert.Equal("degraded", health.Text("status"));
        Assert.Contains($"scripted_a: drill ({kind}): ", health.Text("reason"), StringComparison.Ordinal);
        var drill = await service.DrillAsync(id);
        var shown = drill.GetProperty("shown");
        Assert.Equal(test, shown.Text("test"));
        Assert.True(shown.GetProperty("within_bound").GetBoolean(), drill.ToString());
        if (kind is "stick" or "bias")
        {
            Assert.InRange(shown.GetProperty("after_samples").GetInt64(), 1, drill.GetProperty("bound").GetProperty("samples").GetInt64());
        }

        Assert.Equal(1, await service.Client.MetricAsync($"openentropy_drill_active{{type=\"{kind}\"}}"));
        Assert.Equal(1, await service.Client.MetricAsync("openentropy_source_drilled{source=\"scripted_a\"}"));
        Assert.Equal(HttpStatusCode.OK, await service.StatusAsync("/api/v1/random?length=32&conditioning=limited&timeout=30"));
        Assert.Equal(credited, (await service.Client.SourceAsync("scripted_a")).GetProperty("credited_bits").GetDouble());

        // Whoever asked may be gone: time alone ends it.
        service.Time.Advance(TimeSpan.FromSeconds(10));
        drill = await service.UntilClearedAsync(id);
        Assert.Equal("time", drill.Text("ended_by"));
        Assert.True(drill.GetProperty("held").GetBoolean(), drill.ToString());
        Assert.Null(await service.MarkAsync(id));
        await service.Client.UntilStateAsync("scripted_a", "healthy");
        Assert.Equal("healthy", (await service.Client.JsonAsync("/health")).Body.Text("status"));
        Assert.Equal(1, await service.Client.MetricAsync($"openentropy_drills_total{{type=\"{kind}\"}}"));
        Assert.DoesNotContain(
            "openentropy_drill_active",
            await service.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative)),
            StringComparison.Ordinal
        );
        foreach (var name in new[] { "begins", "shows", "has ended", "is over" })
        {
            Assert.Contains($"Drill {id} {name}", service.Factory.Logs.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("starve", "degraded", "/api/v1/random?conditioning=limited&length=32", "/api/v1/random")]
    [InlineData("age", "unhealthy", "/api/v1/random", null)]
    [InlineData("known-answer", "unhealthy", "/api/v1/random", null)]
    public async Task Post_OfThePoolOrATest_RefusesTruthfullyAndClearsByItself(string kind, string state, string refused, string? given)
    {
        await using var service = await DrilledService.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await service.StatusAsync("/api/v1/random")); // every core that is asked has a seed

        var id = await service.BeginAsync($"kind={kind}&seconds=30");

        var (status, health) = await service.Client.JsonAsync("/health");
        Assert.Equal((state, state == "unhealthy"), (health.Text("status"), status == HttpStatusCode.ServiceUnavailable));
        Assert.Contains($"drill ({kind})", health.Text("reason"), StringComparison.Ordinal);
        Assert.True((await service.MarkAsync(id))!.Value.GetProperty("shown").GetBoolean());
        using (var answer = await service.Client.GetAsync(new Uri(refused, UriKind.Relative)))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal(kind == "known-answer" ? 5 : 30, answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
            Assert.Contains($"drill ({kind})", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        if (given is not null)
        {
            Assert.Equal(HttpStatusCode.OK, await service.StatusAsync(given));
        }

        service.Time.Advance(TimeSpan.FromSeconds(30));
        var drill = await service.UntilClearedAsync(id);
        Assert.True(drill.GetProperty("held").GetBoolean(), drill.ToString());
        Assert.Equal(HttpStatusCode.OK, await service.StatusAsync(refused));
        Assert.Equal("healthy", (await service.Client.JsonAsync("/health")).Body.Text("status"));
    }

    [Theory]
    [InlineData("age")]
    [InlineData("known-answer")]
    public async Task Post_WallClockSetBackInMidDrill_EndsAfterItsDurationAllTheSame(string kind)
    {
        await using var service = await DrilledService.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await service.StatusAsync("/api/v1/random"));
        var id = await service.BeginAsync($"kind={kind}&seconds=30");
        service.Time.Advance(TimeSpan.FromSeconds(10));
        service.Time.WallStep = -TimeSpan.FromHours(1);
        using (var answer = await service.Client.GetAsync(new Uri("/api/v1/random", UriKind.Relative)))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal(kind == "age" ? 20 : 5, answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        }

        service.Time.Advance(TimeSpan.FromSeconds(20));

        var drill = await service.UntilClearedAsync(id);
        Assert.Equal("time", drill.Text("ended_by"));
        Assert.True(drill.GetProperty("held").GetBoolean(), drill.ToString());
        Assert.Equal(HttpStatusCode.OK, await service.StatusAsync("/api/v1/random"));
    }

    [Fact]
    public async Task Look_NotAsBeforeLongAfterTheEnd_TheDrillHidesNothingAnyMore()
    {
        await using var service = await DrilledService.StartAsync();
        var pool = service.Factory.Services.GetRequiredService<EntropyPool>();
        var starving = await service.BeginAsync("kind=starve&seconds=10");
        pool.StopOutput("the self-test ctr-drbg failed"); // by itself, in mid-drill
        service.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("clearing", (await service.DrillAsync(starving)).Text("state"));
        Assert.Equal(1, await service.Client.MetricAsync("openentropy_drill_active{type=\"starve\"}"));

        var bound = (await service.DrillAsync(starving)).GetProperty("clear_bound").GetProperty("seconds").GetDouble();
        service.Time.Advance(TimeSpan.FromSeconds(bound + 0.1));
        Assert.Equal("clearing", (await service.DrillAsync(starving)).Text("state"));
        Assert.DoesNotContain(
            "openentropy_drill_active",
            await service.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative)),
            StringComparison.Ordinal
        );

        service.Time.Advance(TimeSpan.FromSeconds(bound + 10));
        var drill = await service.DrillAsync(starving);
        Assert.Equal(("ended", false), (drill.Text("state"), drill.GetProperty("held").GetBoolean()));
        Assert.Null(await service.MarkAsync(starving));
    }

    [Fact]
    public async Task Delete_DrillThatIsOn_EndsItBeforeItsTime()
    {
        await using var service = await DrilledService.StartAsync();
        var id = await service.BeginAsync("kind=stick&source=scripted_a&seconds=600");
        await service.UntilShownAsync(id);

        using (var answer = await service.Client.DeleteAsync(new Uri($"/drills/{id}", UriKind.Relative)))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal("operator", (await service.UntilClearedAsync(id)).Text("ended_by"));
        using var again = await service.Client.DeleteAsync(new Uri($"/drills/{id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task Post_TwoAtOnce_EachShowsAndASecondOfTheSameIsRefused()
    {
        await using var service = await DrilledService.StartAsync();
        var first = await service.BeginAsync("kind=stick&source=scripted_a");
        var second = await service.BeginAsync("kind=vanish&source=scripted_b");
        var starving = await service.BeginAsync("kind=starve");

        foreach (
            var (query, message) in new[]
            {
                ("kind=hang&source=scripted_a", "scripted_a cannot be drilled: it has a drill (stick) already"),
                ("kind=starve", "a drill starve is on or not over yet"),
            }
        )
        {
            var (status, body) = await service.PostAsync(query);
            Assert.Equal((HttpStatusCode.Conflict, message), (status, body.Text("message")));
        }

        await service.UntilShownAsync(first);
        await service.UntilShownAsync(second);
        Assert.Equal(3, (await service.Client.JsonAsync("/drills")).Body.GetProperty("running").GetArrayLength());
        service.Time.Advance(TimeSpan.FromSeconds(10));
        foreach (var id in new[] { first, second, starving })
        {
            await service.UntilClearedAsync(id);
        }

        Assert.Equal(3, (await service.Client.JsonAsync("/drills")).Body.GetProperty("past").GetArrayLength());
    }

    [Theory]
    [InlineData("", 400, "kind must be given: one of stick, bias, hang, vanish, starve, age, known-answer")]
    [InlineData("kind=burn", 400, "kind must be one of stick, bias, hang, vanish, starve, age, known-answer, and is 'burn'")]
    [InlineData("kind=stick", 400, "source must be given: a drill stick is of one noise source; /sources lists them")]
    [InlineData("kind=age&source=scripted_a", 400, "source must be left out: a drill age is of no single source")]
    [InlineData("kind=age&seconds=0", 400, "seconds must be a whole number between 1 and 60")]
    [InlineData("kind=age&seconds=61", 400, "seconds must be a whole number between 1 and 60")]
    [InlineData("kind=age&seconds=1.5", 400, "seconds must be a whole number between 1 and 60")]
    [InlineData("kind=age&for=10", 400, "there is no parameter 'for'; this route takes kind, source, seconds")]
    [InlineData(
        "kind=stick&source=scripted_x",
        404,
        "there is no source named 'scripted_x'; near it are scripted_a, scripted_b, scripted_c"
    )]
    [InlineData("kind=vanish&source=absent", 409, "absent cannot be drilled: it is not healthy (there is no /dev/absent)")]
    [InlineData("kind=vanish&source=sleep_jitter", 409, "sleep_jitter cannot be drilled: it is not healthy (not selected)")]
    [InlineData(
        "kind=stick&source=untested",
        409,
        "untested is watched for total failure only: stick would show nothing; hang and vanish do"
    )]
    [InlineData(
        "kind=bias&source=now_and_then",
        409,
        "now_and_then gives samples only when something happens: bias has no bound there; hang and vanish have"
    )]
    public async Task Post_WhatCannotBeDrilled_IsRefusedWithTheReason(string query, int status, string message)
    {
        var service = await s_shared.Value;

        var (answered, body) = await service.PostAsync(query);

        Assert.Equal(((HttpStatusCode)status, message), (answered, body.Text("message")));
        Assert.Empty((await service.Client.JsonAsync("/drills")).Body.GetProperty("running").EnumerateArray());
    }

    [Theory]
    [InlineData("GET", "/drills")]
    [InlineData("GET", "/drills/1")]
    [InlineData("POST", "/drills?kind=age")]
    [InlineData("DELETE", "/drills/1")]
    public async Task Drills_WhereTheyAreOff_AreNotFoundAndTheSettingIsNamed(string method, string path)
    {
        await using var factory = new ServerFactory();
        using var client = factory.CreateClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("OpenEntropy:Drills:Enabled is false", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_WhileDrilled_EndsEveryDrill()
    {
        await using var service = await DrilledService.StartAsync();
        var id = await service.BeginAsync("kind=hang&source=scripted_a&seconds=600");
        await service.BeginAsync("kind=starve&seconds=600");
        var desk = service.Factory.Services.GetRequiredService<DrillDesk>();

        await desk.StopAsync(CancellationToken.None);

        var board = service.Factory.Services.GetRequiredService<DrillBoard>();
        Assert.Empty(board.Current);
        Assert.All(board.Past, run => Assert.Equal(("stop", "ended"), (run.EndedBy, run.State)));
        await service.Client.UntilStateAsync("scripted_a", "healthy");
        Assert.Equal(HttpStatusCode.OK, await service.StatusAsync("/api/v1/random?length=32&conditioning=limited&timeout=30"));
        var (status, body) = await service.PostAsync("kind=age");
        Assert.Equal((HttpStatusCode.Conflict, "the service is stopping"), (status, body.Text("message")));
        Assert.Equal("stop", (await service.DrillAsync(id)).Text("ended_by"));
    }

    // Nothing is begun on it.
    private static readonly Lazy<Task<DrilledService>> s_shared = new(() =>
        DrilledService.StartAsync(("OpenEntropy:Drills:LongestDuration", "00:01:00"))
    );
}
