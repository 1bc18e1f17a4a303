using System.Text.Json.Nodes;
using OpenEntropy.Cli.Running;
using OpenEntropy.Cli.Scan;
using OpenEntropy.Cli.Trials;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Cli.Tests.Scan;

public sealed class ScanCommandTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(60);

    [Fact]
    public void Scan_SourcesOfEveryKind_TellsTheStateOfEachAndClosesThem()
    {
        var lively = new ScriptedNoiseSource("clock_jitter");
        var states = Try(
            s_long,
            lively,
            new ScriptedNoiseSource("sleep_jitter") { Unavailable = "it is not there" },
            new ScriptedNoiseSource("disk_io") { OpenFailure = new NoiseSourceException("the disk is gone") },
            new ScriptedNoiseSource("hid_timing") { MayBeSilent = true, Count = 0 },
            Machine.Slow("hash_timing")
        );

        Assert.Equal(
            [
                "available fast ",
                "unavailable  it is not there",
                "failed  did not open: the disk is gone",
                "available  open, and waits for something to happen",
                "available slow ",
            ],
            states.Select(state => $"{state.State} {state.Speed} {state.Reason}")
        );
        Assert.InRange(states[^1].SamplesPerSecond!.Value, 0.001, 1_000);
        Assert.Equal(1, lively.Opened);
        Assert.True(SpinWait.SpinUntil(() => lively.Closed == 1, s_long));
    }

    [Fact]
    public void Scan_ASourceThatHangs_DoesNotHoldUpTheOthers()
    {
        using var never = new ManualResetEventSlim();

        var states = Try(
            TimeSpan.FromMilliseconds(50),
            new ScriptedNoiseSource("vm_exit") { OpenHang = never, Deadline = TimeSpan.FromSeconds(1) }
        );
        never.Set();

        Assert.Equal(ScannedSource.NoAnswer, Assert.Single(states).State);
    }

    [Fact]
    public void Scan_WithoutASelection_LeavesOptInSourcesAloneAndListsThem()
    {
        var run = RunOf.Program(input: null, Machine.Of(new OptIn(), new ScriptedNoiseSource("vm_exit")), "scan", "--json");

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Error));
        var body = JsonNode.Parse(run.Out)!;
        Assert.Equal(2, (int)body["total"]!);
        Assert.Equal("not_tried opt-in: --sources audio_noise tries it", State(body, OptIn.Name));
    }

    [Fact]
    public void Scan_OfAnOptInSource_TriesItWhereItIsNamed()
    {
        var optIn = new OptIn();

        var run = RunOf.Program(
            input: null,
            Machine.Of(optIn, new ScriptedNoiseSource("vm_exit")),
            "scan",
            "--json",
            "--sources",
            OptIn.Name
        );

        var body = JsonNode.Parse(run.Out)!;
        Assert.Equal(1, (int)body["total"]!);
        Assert.DoesNotContain("not_tried", State(body, OptIn.Name), StringComparison.Ordinal);
    }

    [Fact]
    public void IsOfAnotherSpeed_OfAScannedSource_IsKnownOnlyWhereItGaveSamples()
    {
        var states = Try(s_long, Machine.Slow("hash_timing"), new ScriptedNoiseSource("vm_exit") { Unavailable = "it is not there" });

        Assert.True(states[0].IsOfAnotherSpeed(SourceSpeed.Fast));
        Assert.False(states[0].IsOfAnotherSpeed(SourceSpeed.Slow));
        Assert.False(states[1].IsOfAnotherSpeed(SourceSpeed.Fast));
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

        Assert.True(SpinWait.SpinUntil(() => source.Opened == source.Closed && slow.Opened == slow.Closed, s_long));
    }

    private static List<ScannedSource> Try(TimeSpan patience, params NoiseSource[] sources)
    {
        using var trial = new BriefTrial(sources.Select(source => new SourceChoice(source, SourceSpeed.Unknown)));
        return [.. trial.Run(patience, CancellationToken.None).Select(ScannedSource.Of)];
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
