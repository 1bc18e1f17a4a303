using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Server.Tests.Faults;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Assessment;

/// <summary>The whole service on scripted noise assesses itself by a script.</summary>
public sealed class SelfAssessmentTests
{
    private const string Route = "/api/v1/assessments";

    private static readonly (string, string)[] s_quick =
    [
        ("OpenEntropy:Pool:Capacity", "16"),
        ("OpenEntropy:Harvest:CpuBudget", "1"),
        ("OpenEntropy:Assessment:RecordingLength", "10000"),
    ];

    private static readonly (string, string)[] s_endless = [.. s_quick[..2], ("OpenEntropy:Assessment:RecordingLength", "2000000")];

    [Fact]
    public async Task Get_LeftToItself_AssessesEverySourceOnceTheCreditedFirst()
    {
        var given = new ConcurrentQueue<(int Length, int Parallelism, bool HasCheckpoint)>();
        await using var factory = new ServerFactory(s_quick)
        {
            Assess = (samples, options) =>
            {
                given.Enqueue((samples.Length, options.Parallelism, options.Checkpoint is not null));
                return ScriptedAssessment.Of(samples, 6.25);
            },
        };
        using var client = await factory.CreateReadyClientAsync();
        await UntilAsync(client, "clock_jitter", "assessed");

        foreach (var name in new[] { "scripted_a", "scripted_b", "scripted_c" })
        {
            var (_, detail) = await client.JsonAsync($"{Route}/{name}");
            var body = detail.GetProperty("assessment");
            Assert.Equal((1, 6.25, 6.25), (Number(body, "count"), Number(body, "min_entropy"), Number(body, "minimum")));
            Assert.Equal(JsonValueKind.Null, body.GetProperty("p5").ValueKind);
            Assert.Contains("asks for 1,000,000", body.Text("shortness"), StringComparison.Ordinal);
            Assert.Equal("Scripted", detail.GetProperty("last").GetProperty("literal")[0].Text("estimator"));
            var figure = Assert.Single(detail.GetProperty("history").EnumerateArray());
            Assert.Equal(("short", "automatic"), (figure.Text("kind"), figure.Text("trigger")));

            // What was assessed is kept, whole, and earned nothing.
            var recording = RecordingFile.Read(Path.Combine(factory.Storage, detail.Text("recording")));
            Assert.Equal((name, RecordingKind.Raw, 10_000), (recording.Header.Source, recording.Header.Kind, recording.Header.Samples));
            Assert.Equal(figure.Text("sha256"), recording.Header.Sha256);
            var source = await client.SourceAsync(name);
            Assert.True(Number(source, "raw_bytes") >= 10_000);
            Assert.True(3 * Number(source, "credited_bits") <= Number(source, "bytes") - Number(source, "raw_bytes") + 0.001);
            Assert.Equal(
                (6.25, 1, 6.25),
                (Number(source, "assessed_min_entropy"), Number(source, "assessments"), Number(source, "assessed_minimum"))
            );
        }

        Assert.All(given, each => Assert.Equal((10_000, 1, true), each));
        var times = await Task.WhenAll(
            new[] { "scripted_a", "clock_jitter" }.Select(async name =>
                (await client.JsonAsync($"{Route}/{name}")).Body.GetProperty("assessment").GetProperty("time").GetDateTimeOffset()
            )
        );
        Assert.True(times[0] < times[1]);
        var list = (await client.JsonAsync(Route)).Body;
        var kernel = list.GetProperty("assessments").EnumerateArray().Single(source => source.Text("source") == "os_rng");
        Assert.Equal("not_assessed", kernel.Text("state"));
        Assert.Contains("conditioned", kernel.Text("reason"), StringComparison.Ordinal);
        Assert.Equal("healthy", (await client.JsonAsync("/health")).Body.Text("status"));
        Assert.Equal(1, await client.MetricAsync("openentropy_source_assessments_total{source=\"scripted_a\"}"));
    }

    [Fact]
    public async Task Get_SourceAssessedUnderTwiceItsClaim_LosesCreditAndEveryoneIsToldAlsoAfterARestart()
    {
        using var storage = new Storage();
        await using (
            var factory = new ServerFactory([.. s_quick, storage.Setting]) { Sources = OneNarrow(), Assess = LowForTheNarrow(0.4) }
        )
        {
            using var client = await factory.CreateReadyClientAsync();
            await UntilAsync(client, "scripted_b", "assessed");
            await client.UntilStateAsync("scripted_b", "healthy");
            await AssertAlarmAsync(client);
            Assert.Contains(
                "Warning OpenEntropy.Server.Assessment.SelfAssessor: Source scripted_b: assessed at 0.4 bits per sample, under twice its claim",
                factory.Logs.Text,
                StringComparison.Ordinal
            );
        }

        // Switched off, it lowers what was lowered; switched on, a better figure does not raise it.
        await using (var factory = new ServerFactory([.. s_quick, storage.Setting]))
        {
            using var client = await factory.CreateReadyClientAsync();
            await client.UntilStateAsync("scripted_b", "healthy");
            await AssertAlarmAsync(client);
            Assert.Contains("Warning", factory.Logs.Text, StringComparison.Ordinal);
        }

        await using (var factory = new ServerFactory([.. s_quick, storage.Setting]) { Assess = ScriptedAssessment.Always(7) })
        {
            using var client = await factory.CreateReadyClientAsync();
            using var posted = await client.PostAsync(new Uri($"{Route}/scripted_b", UriKind.Relative), content: null);
            await UntilAsync(client, "scripted_b", "assessed");
            await client.UntilStateAsync("scripted_b", "healthy");
            await AssertAlarmAsync(client);
            var source = await client.SourceAsync("scripted_b");
            Assert.Equal(
                (7, 2, 0.4),
                (Number(source, "assessed_min_entropy"), Number(source, "assessments"), Number(source, "assessed_minimum"))
            );
        }
    }

    [Fact]
    public async Task Start_DamagedHistory_IsToldAndTheServiceRuns()
    {
        using var storage = new Storage();
        await File.WriteAllTextAsync(Path.Combine(storage.Path, "assessments.json"), "{\"version\":1,\"sour");
        await using var factory = new ServerFactory([.. s_quick, storage.Setting]) { Assess = ScriptedAssessment.Always(6) };
        using var client = await factory.CreateReadyClientAsync();

        var problem = (await client.JsonAsync(Route)).Body.GetProperty("assessor").Text("history_problem");

        Assert.Contains("were damaged", problem, StringComparison.Ordinal);
        foreach (var route in new[] { "/health", "/pool/status" })
        {
            var deviations = (await client.JsonAsync(route)).Body.GetProperty("deviations").EnumerateArray();
            Assert.Contains(problem, deviations.Select(each => each.GetString()));
        }

        Assert.True(await client.MetricAsync("openentropy_deviations") >= 1);
        Assert.Contains(problem, factory.Logs.Text, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(storage.Path, "assessments.damaged.json")));
    }

    [Fact]
    public async Task Post_Source_IsQueuedOnceAndNoMoreThanFourWait()
    {
        using var release = new ManualResetEventSlim();
        await using var factory = new ServerFactory(s_quick)
        {
            Sources = [.. "abcdefg".Select(letter => new ScriptedNoiseSource($"source_{letter}"))],
            Assess = (samples, options) =>
            {
                while (!release.IsSet)
                {
                    options.Checkpoint!();
                }

                return ScriptedAssessment.Of(samples, 6);
            },
        };
        using var client = await factory.CreateReadyClientAsync();
        await ServerFactory.UntilAsync(async () => (await AssessorAsync(client)).Text("state") == "assessing");
        var busy = (await AssessorAsync(client)).Text("source");
        var others = factory.Sources.Select(source => source.Info.Name).Where(name => name != busy).ToList();

        await AssertRefusedAsync(client, busy, HttpStatusCode.Conflict, "under way");
        for (var i = 0; i < 4; i++)
        {
            using var answer = await client.PostAsync(new Uri($"{Route}/{others[i]}", UriKind.Relative), content: null);
            using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            Assert.Equal($"{Route}/{others[i]}", answer.Headers.Location?.ToString());
            Assert.Equal(("queued", i + 1), (body.RootElement.Text("state"), body.RootElement.GetProperty("ahead").GetInt32()));
            Assert.True(Number(body.RootElement, "expected_seconds") > 0);
        }

        await AssertRefusedAsync(client, others[0], HttpStatusCode.Conflict, "under way");
        await AssertRefusedAsync(client, others[4], HttpStatusCode.TooManyRequests, "4 assessments wait");
        await AssertRefusedAsync(client, "source_z", HttpStatusCode.NotFound, "near it are source_");
        Assert.Equal(others[..4], (await AssessorAsync(client)).GetProperty("queue").EnumerateArray().Select(name => name.GetString()!));
        release.Set();
        await UntilAsync(client, others[3], "assessed");
        var detail = (await client.JsonAsync($"{Route}/{others[3]}")).Body;
        Assert.Equal("requested", detail.GetProperty("history")[0].Text("trigger"));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Origin", "http://localhost:81")]
    [InlineData("Origin", "null")]
    public async Task Post_FromAnotherSite_IsForbidden(string header, string value)
    {
        await using var factory = new ServerFactory(s_quick) { Assess = ScriptedAssessment.Always(6) };
        using var client = factory.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Route}/scripted_a");
        request.Headers.Add(header, value);
        using var answer = await client.SendAsync(request);
        using var own = new HttpRequestMessage(HttpMethod.Post, $"{Route}/scripted_z");
        own.Headers.Add("Origin", "http://localhost");
        using var other = await client.SendAsync(own);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.NotFound), (answer.StatusCode, other.StatusCode));
    }

    [Fact]
    public async Task Post_WhileAnotherIsRecordedUnasked_GoesFirst()
    {
        await using var factory = new ServerFactory(s_endless) { Sources = Slow(), Assess = ScriptedAssessment.Always(6) };
        using var client = await factory.CreateReadyClientAsync();
        await ServerFactory.UntilAsync(async () => (await AssessorAsync(client)).Text("state") == "recording");
        var first = (await AssessorAsync(client)).Text("source");
        var other = factory.Sources.First(source => source.Info.Name != first).Info.Name;

        using var posted = await client.PostAsync(new Uri($"{Route}/{other}", UriKind.Relative), content: null);

        await UntilAsync(client, other, "recording");
        Assert.Equal("never", (await AssessmentAsync(client, first)).Text("state"));
        await ServerFactory.UntilAsync(async () => Number(await AssessmentAsync(client, other), "progress") > 0);
    }

    [Fact]
    public async Task Get_SourceDiesInTheMiddleOfARecording_SaysWhyAndGoesOnWithTheNext()
    {
        await using var factory = new ServerFactory(s_endless)
        {
            Sources = [new("scripted_a") { AtMost = 1 }, new("scripted_b"), new("scripted_c")],
            Assess = ScriptedAssessment.Always(6),
        };
        using var client = await factory.CreateReadyClientAsync();
        await RecordAsync(client, "scripted_a");
        await ServerFactory.UntilAsync(async () => Number(await AssessmentAsync(client, "scripted_a"), "progress") > 0);

        factory.Sources[0].Override = _ => 9;
        await UntilAsync(client, "scripted_a", "not_assessed");

        Assert.Contains(
            "it is permanently_failed after",
            (await AssessmentAsync(client, "scripted_a")).Text("reason"),
            StringComparison.Ordinal
        );
        await ServerFactory.UntilAsync(async () =>
            (await AssessorAsync(client)) is var now && now.Text("state") == "recording" && now.Text("source") != "scripted_a"
        );
        Assert.Equal(0, Number(await AssessmentAsync(client, "scripted_a"), "count"));
    }

    [Fact]
    public async Task Get_SourceFallsSilentInTheMiddleOfARecording_IsGivenUpAfterTenMinutes()
    {
        var time = new ManualTimeProvider();
        await using var factory = new ServerFactory([.. s_endless, ("OpenEntropy:Assessment:RecordingTime", "7.00:00:00")])
        {
            Sources = Slow(),
            Assess = ScriptedAssessment.Always(6),
            Time = time,
        };
        using var client = await factory.CreateReadyClientAsync();
        await RecordAsync(client, "scripted_a");
        factory.Sources[0].Failure = new InvalidOperationException("the device was unplugged");
        await client.UntilStateAsync("scripted_a", "failed");
        await ServerFactory.UntilAsync(async () =>
        {
            time.Advance(TimeSpan.FromMinutes(1));
            return (await AssessmentAsync(client, "scripted_a")).Text("state") == "not_assessed";
        });

        Assert.Contains(
            "gave no sample for 10 minutes",
            (await AssessmentAsync(client, "scripted_a")).Text("reason"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(256, "assessed")]
    [InlineData(1, "not_assessed")]
    public async Task Get_RecordingTakesTooLong_IsAssessedAsShortOrSkippedWithTooFewSamples(int samplesPerTurn, string state)
    {
        var time = new ManualTimeProvider();
        await using var factory = new ServerFactory(s_endless)
        {
            Sources = [new("scripted_a") { AtMost = samplesPerTurn }, new("scripted_b"), new("scripted_c")],
            Assess = ScriptedAssessment.Always(6),
            Time = time,
        };
        using var client = await factory.CreateReadyClientAsync();
        await RecordAsync(client, "scripted_a");
        var least = samplesPerTurn == 1 ? 1e-9 : 0.005; // one sample, before which the clock has been read; 10,000 of 2,000,000
        await ServerFactory.UntilAsync(async () => Number(await AssessmentAsync(client, "scripted_a"), "progress") >= least);
        time.Advance(TimeSpan.FromHours(1));
        await UntilAsync(client, "scripted_a", state);

        var body = await AssessmentAsync(client, "scripted_a");
        if (state == "assessed")
        {
            Assert.InRange(Number(body, "samples"), 10_000, 1_999_999);
        }
        else
        {
            Assert.Contains("an assessment needs 10,000", body.Text("reason"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("recording")]
    [InlineData("assessing")]
    public async Task Dispose_InTheMiddle_EndsTheWork(string state)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var settings = state == "recording" ? s_endless : s_quick;
        var factory = new ServerFactory(settings)
        {
            Sources = Slow(),
            Assess = (_, options) =>
            {
                try
                {
                    while (true)
                    {
                        options.Checkpoint!();
                    }
                }
                catch (OperationCanceledException)
                {
                    ended.SetResult();
                    throw;
                }
            },
        };
        using var client = await factory.CreateReadyClientAsync();
        await ServerFactory.UntilAsync(async () => (await AssessorAsync(client)).Text("state") == state);

        await factory.DisposeAsync();

        if (state == "assessing")
        {
            await ended.Task.WaitAsync(ServerFactory.Patience);
        }

        Assert.Empty(factory.Logs.Errors);
    }

    [Fact]
    public async Task Get_EstimatorThrows_SaysSoAndTheServiceGoesOn()
    {
        await using var factory = new ServerFactory(s_quick)
        {
            Assess = (_, _) => throw new InvalidOperationException("the script says so"),
        };
        using var client = await factory.CreateReadyClientAsync();
        await UntilAsync(client, "scripted_c", "not_assessed");

        Assert.Contains("the script says so", (await AssessmentAsync(client, "scripted_c")).Text("reason"), StringComparison.Ordinal);
        Assert.Equal(0, Number(await client.SourceAsync("scripted_c"), "assessments"));
        Assert.Equal("healthy", (await client.JsonAsync("/health")).Body.Text("status"));
    }

    [Fact]
    public async Task Get_SwitchedOff_RecordsNothingAndRefusesRequests()
    {
        await using var factory = new ServerFactory(s_quick);
        using var client = await factory.CreateReadyClientAsync();
        await client.UntilAvailableAsync(16);

        Assert.Equal("disabled", (await AssessorAsync(client)).Text("state"));
        await AssertRefusedAsync(client, "scripted_a", HttpStatusCode.Forbidden, "OpenEntropy:Assessment:Enabled is false");
        Assert.Equal(0, Number(await client.SourceAsync("scripted_a"), "raw_bytes"));
        Assert.False(Directory.Exists(Path.Combine(factory.Storage, "recordings")));
        Assert.Equal(1, await client.MetricAsync("openentropy_assessor_state{state=\"disabled\"}"));
    }

    [Fact]
    public async Task Get_RecordingsNotKept_WritesNone()
    {
        await using var factory = new ServerFactory([.. s_quick, ("OpenEntropy:Assessment:KeepRecordings", "false")])
        {
            Assess = ScriptedAssessment.Always(6),
        };
        using var client = await factory.CreateReadyClientAsync();
        await UntilAsync(client, "scripted_a", "assessed");

        Assert.False(Directory.Exists(Path.Combine(factory.Storage, "recordings")));
        Assert.Equal(JsonValueKind.Null, (await client.JsonAsync($"{Route}/scripted_a")).Body.GetProperty("recording").ValueKind);
    }

    /// <summary>Sources whose recordings last.</summary>
    private static ScriptedNoiseSource[] Slow() =>
        [.. "abc".Select(letter => new ScriptedNoiseSource($"scripted_{letter}") { AtMost = 256 })];

    /// <summary>Of three sources the second gives 7 bits a sample, by which its recordings are known.</summary>
    private static ScriptedNoiseSource[] OneNarrow() =>
        [new("scripted_a"), new("scripted_b", position => (byte)(ScriptedNoiseSource.Lively(position) & 0x7F)), new("scripted_c")];

    private static OpenEntropy.Server.Assessment.AssessSamples LowForTheNarrow(double low) =>
        (samples, _) => ScriptedAssessment.Of(samples, samples.AlphabetSize <= 128 ? low : 6);

    private static async Task AssertAlarmAsync(HttpClient client)
    {
        const string Reason = "assessed at 0.4 bits per sample, which lowered its claim to 0.2";
        var source = await client.SourceAsync("scripted_b");
        Assert.Equal((0.2, Reason), (Number(source, "claimed_min_entropy"), source.Text("reason")));
        var (status, health) = await client.JsonAsync("/health");
        Assert.Equal((HttpStatusCode.OK, "degraded"), (status, health.Text("status")));
        Assert.Contains($"scripted_b: {Reason}", health.Text("reason"), StringComparison.Ordinal);
        Assert.Equal(1, await client.MetricAsync("openentropy_source_claim_lowered{source=\"scripted_b\"}"));
        Assert.Equal(0, await client.MetricAsync("openentropy_source_claim_lowered{source=\"scripted_a\"}"));
        Assert.Equal(0.05, await client.MetricAsync("openentropy_source_assessed_min_entropy_lowest_ratio{source=\"scripted_b\"}"));
        Assert.True((await AssessmentAsync(client, "scripted_b")).GetProperty("claim_lowered").GetBoolean());
    }

    private static async Task AssertRefusedAsync(HttpClient client, string source, HttpStatusCode status, string message)
    {
        using var answer = await client.PostAsync(new Uri($"{Route}/{source}", UriKind.Relative), content: null);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(message, body.RootElement.Text("message"), StringComparison.Ordinal);
        Assert.Equal(status == HttpStatusCode.TooManyRequests, answer.Headers.RetryAfter is not null);
    }

    /// <summary>Has this source recorded first, whichever would have come next.</summary>
    private static async Task RecordAsync(HttpClient client, string source)
    {
        using var posted = await client.PostAsync(new Uri($"{Route}/{source}", UriKind.Relative), content: null);
        await UntilAsync(client, source, "recording");
    }

    private static Task UntilAsync(HttpClient client, string source, string state) =>
        ServerFactory.UntilAsync(async () => (await AssessmentAsync(client, source)).Text("state") == state);

    private static async Task<JsonElement> AssessmentAsync(HttpClient client, string source) =>
        (await client.JsonAsync($"{Route}/{source}")).Body.GetProperty("assessment");

    private static async Task<JsonElement> AssessorAsync(HttpClient client) => (await client.JsonAsync(Route)).Body.GetProperty("assessor");

    private static double Number(JsonElement body, string member) =>
        body.GetProperty(member) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : -1;

    private sealed class Storage : IDisposable
    {
        private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("openentropy-storage-");

        public string Path => _directory.FullName;

        public (string, string) Setting => ("OpenEntropy:Storage:Directory", Path);

        public void Dispose() => _directory.Delete(recursive: true);
    }
}
