using System.Text;
using System.Text.Json;
using OpenEntropy.Cli.Drills;
using OpenEntropy.Cli.Tests.Monitor;
using OpenEntropy.Server.Drills;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Hosting;
using Xunit;
using ExitCodes = OpenEntropy.Cli.Running.ExitCodes;

namespace OpenEntropy.Cli.Tests.Drills;

public sealed class DrillCommandTests
{
    private static readonly DateTimeOffset s_begin = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(true, 121, ExitCodes.Success)]
    [InlineData(false, 122, ExitCodes.Failed)]
    public async Task Wait_WatchesHealthUntilItIsOver_AndTheExitCodeIsTheVerdict(bool held, int samples, int exitCode)
    {
        var marks = new Queue<DrillMark[]>([
            [Mark(shown: false)],
            [Mark(shown: true)],
            [Mark(shown: true)],
            [],
        ]);
        await using var service = new StubService(asked =>
            asked == "POST /drills?kind=stick&seconds=5&source=sleep_jitter" ? Answer(201, Drill(), ServerJson.Readable.DrillBody)
            : asked == "GET /health" ? Answer(marks.Count == 2 ? 503 : 200, Health(marks.Dequeue()), ServerJson.Readable.HealthBody)
            : asked == "GET /drills/1"
                ? Answer(200, Drill(new DrillShownBody("rct", samples, 0.25, held), held), ServerJson.Readable.DrillBody)
            : (404, "{}"u8.ToArray())
        );

        var run = Run(service, "drill", "stick", "--source", "sleep_jitter", "--for", "5s", "--wait");

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Error));
        Assert.Contains($"after {samples} samples, 0.25 s by rct; /health said so after ", run.Out, StringComparison.Ordinal);
        Assert.Contains("sleep_jitter: drill (stick): rct failed", run.Out, StringComparison.Ordinal);
        Assert.Contains("within 121 samples, about 1.03 s", run.Out, StringComparison.Ordinal);
        Assert.Contains(held ? "held: it showed" : "failed", run.Out, StringComparison.Ordinal);
        Assert.Empty(marks);
    }

    [Fact]
    public async Task WithoutWait_TellsTheBoundsAndLeavesItToEndByItself()
    {
        await using var service = new StubService(_ => Answer(201, Drill(), ServerJson.Readable.DrillBody));

        var run = Run(service, "drill", "stick", "--source", "sleep_jitter", "--json");

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal(["POST /drills?kind=stick&seconds=10&source=sleep_jitter"], service.Asked);
        using var document = JsonDocument.Parse(run.Out);
        Assert.Equal(121, document.RootElement.GetProperty("drill").GetProperty("bound").GetProperty("samples").GetInt32());
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("seen").ValueKind);
    }

    [Fact]
    public async Task Refused_TheServicesSentenceIsTheError()
    {
        const string Why = "OpenEntropy:Drills:Enabled is false: nothing is drilled here";
        await using var service = new StubService(_ => (404, Encoding.UTF8.GetBytes($$"""{"success":false,"message":"{{Why}}"}""")));

        var run = Run(service, "drill", "age");

        Assert.Equal(ExitCodes.Unavailable, run.ExitCode);
        Assert.EndsWith($" refuses: {Why}.{Environment.NewLine}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void NoService_IsOneLine()
    {
        var run = RunOf.Program(null, "drill", "age", "--url", "http://127.0.0.1:1");

        Assert.Equal(ExitCodes.Unavailable, run.ExitCode);
        Assert.Equal($"openentropy: http://127.0.0.1:1: connection refused.{Environment.NewLine}", run.Error);
    }

    [Theory]
    [InlineData("10", 10)]
    [InlineData("10s", 10)]
    [InlineData("600s", 600)]
    [InlineData("10m", 600)]
    [InlineData("1m", 60)]
    [InlineData("0", null)]
    [InlineData("11m", null)]
    [InlineData("601", null)]
    [InlineData("1h", null)]
    [InlineData("-1", null)]
    [InlineData("", null)]
    [InlineData("s", null)]
    public void For_IsSecondsOrMinutes(string given, int? seconds) => Assert.Equal(seconds, DurationOption.Read(given));

    private static RunOf Run(StubService service, params string[] args) =>
        RunOf.Program(null, [.. args, "--url", service.Address.ToString()]);

    private static (int, byte[])? Answer<T>(int status, T body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        (status, JsonSerializer.SerializeToUtf8Bytes(body, type));

    private static DrillBody Drill(DrillShownBody? shown = null, bool? held = null) =>
        new()
        {
            Id = "1",
            Kind = "stick",
            Source = "sleep_jitter",
            State = held is null ? "running" : "cleared",
            Began = s_begin,
            Ends = s_begin.AddSeconds(5),
            Ended = held is null ? null : s_begin.AddSeconds(5),
            EndedBy = held is null ? null : "time",
            Bound = new DrillBound(121, 1.03, "the repetition count test fails"),
            Shown = shown,
            ClearBound = new DrillBound(1024, 7.19, "1024 samples pass"),
            ClearedAfterSeconds = held is null ? null : 0.05,
            Held = held,
        };

    private static DrillMark Mark(bool shown) => new("1", "stick", "sleep_jitter", "running", shown, s_begin.AddSeconds(5));

    private static HealthBody Health(DrillMark[] drills) =>
        new()
        {
            Status = "degraded",
            Reason = "sleep_jitter: drill (stick): rct failed",
            SourcesHealthy = 1,
            SourcesTotal = 2,
            RawBytes = 0,
            OutputBytes = 0,
            SeedAgeSeconds = null,
            UptimeSeconds = 1,
            Deviations = [],
            Drills = drills,
        };
}
