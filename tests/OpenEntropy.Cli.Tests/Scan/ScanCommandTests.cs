using System.Text.Json.Nodes;
using OpenEntropy.Cli.Running;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Cli.Tests.Scan;

public sealed class ScanCommandTests
{
    [Fact]
    public void Scan_SourcesOfEveryKind_TellsTheStateOfEachAndClosesThem()
    {
        using var never = new ManualResetEventSlim();
        var lively = new ScriptedNoiseSource("clock_jitter");
        var run = RunOf.Program(
            input: null,
            Machine.Of(
                lively,
                new ScriptedNoiseSource("sleep_jitter") { Unavailable = "it is not there" },
                new ScriptedNoiseSource("disk_io") { OpenFailure = new NoiseSourceException("the disk is gone") },
                new ScriptedNoiseSource("vm_exit") { OpenHang = never, Deadline = TimeSpan.FromMilliseconds(1) },
                new ScriptedNoiseSource("hid_timing") { MayBeSilent = true, Count = 0 },
                new OptIn()
            ),
            "scan",
            "--json"
        );
        never.Set();

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Error));
        var body = JsonNode.Parse(run.Out)!;
        Assert.Equal("available", State(body, "clock_jitter"));
        Assert.Equal("unavailable it is not there", State(body, "sleep_jitter"));
        Assert.Equal("failed the disk is gone", State(body, "disk_io"));
        Assert.Matches("^(no_answer|failed) ", State(body, "vm_exit"));
        Assert.Equal("available open, and waits for something to happen", State(body, "hid_timing"));
        Assert.Equal("not_tried opt-in: --sources audio_noise tries it", State(body, OptIn.Name));
        Assert.Equal((6, 2), ((int)body["total"]!, (int)body["available"]!));
        Assert.Equal("fast", (string?)Source(body, "clock_jitter")["speed"]);
        Assert.Equal((1, 1), (lively.Opened, lively.Closed));
    }

    [Fact]
    public void Scan_OfAnOptInSource_TriesItWhereItIsNamed()
    {
        var run = RunOf.Program(
            input: null,
            Machine.Of(new OptIn(), new ScriptedNoiseSource("vm_exit")),
            "scan",
            "--json",
            "--sources",
            OptIn.Name
        );

        var body = JsonNode.Parse(run.Out)!;
        Assert.Equal(1, (int)body["total"]!);
        Assert.Equal("failed it is a microphone", State(body, OptIn.Name));
    }

    [Fact]
    public void Scan_ASourceThatTakesAMillisecondForASample_IsSlow()
    {
        var run = RunOf.Program(input: null, Machine.Of(Machine.Slow("disk_io")), "scan", "--json");

        var source = Source(JsonNode.Parse(run.Out)!, "disk_io");
        Assert.Equal(("available", "slow"), ((string)source["state"]!, (string?)source["speed"]));
        Assert.InRange((double)source["samples_per_second"]!, 0.001, 1_000);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(120)]
    public void Scan_ForPeople_FitsTheTerminal(int width)
    {
        var machine = Machine.Of(
            new ScriptedNoiseSource("clock_jitter"),
            new ScriptedNoiseSource("disk_io") { Unavailable = "there is no disk here" }
        );

        var run = RunOf.Program(input: null, console => machine(console) with { Width = width }, "scan");

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Error));
        Assert.All(run.Out.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        Assert.Contains("clock_jitter", run.Out, StringComparison.Ordinal);
        Assert.Contains("unavailable", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Scan_AnUnknownSource_IsRefusedWithNearNames()
    {
        var run = RunOf.Program(input: null, "scan", "--sources", "clok_jitter");

        Assert.Equal((ExitCodes.Usage, ""), (run.ExitCode, run.Out));
        Assert.Contains("near names: clock_jitter", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scan_AskedToEnd_EndsAndClosesWhatItOpened()
    {
        using var end = new CancellationTokenSource();
        var source = new ScriptedNoiseSource("clock_jitter") { Busy = _ => end.Cancel() };
        var slow = Machine.Slow("disk_io");
        var console = new CommandConsole(() => Stream.Null, () => Stream.Null, TextWriter.Null, ShowsProgress: false);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            OpenEntropyCommand.RunAsync(["scan"], Machine.Of(source, slow)(console), end.Token)
        );

        Assert.Equal(source.Opened, source.Closed);
        Assert.Equal(slow.Opened, slow.Closed);
    }

    private static string State(JsonNode body, string name) => $"{Source(body, name)["state"]} {Source(body, name)["reason"]}".Trim();

    private static JsonNode Source(JsonNode body, string name) =>
        body["sources"]!.AsArray().Single(source => (string?)source!["name"] == name)!;

    private sealed class OptIn : NoiseSource
    {
        public const string Name = "audio_noise";

        public override NoiseSourceInfo Info =>
            new()
            {
                Name = Name,
                Category = NoiseCategory.Hardware,
                Mechanism = "None.",
                ClaimedMinEntropy = 0,
                ClaimBasis = "none",
                OptIn = true,
            };

        protected internal override int Collect(Span<byte> samples) => throw new NoiseSourceException("it is a microphone");
    }
}
