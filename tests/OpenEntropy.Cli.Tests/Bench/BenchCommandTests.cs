using System.Text.Json.Nodes;
using OpenEntropy.Cli.Running;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Cli.Tests.Bench;

public sealed class BenchCommandTests
{
    [Fact]
    public void Bench_Sources_RanksThemByWhatTheyAreClaimedToGive()
    {
        var body = Bench(
            Machine.Of(
                new ScriptedNoiseSource("clock_jitter") { Claim = 0 },
                Machine.Slow("disk_io"),
                new ScriptedNoiseSource("hash_timing"),
                new ScriptedNoiseSource("vm_exit") { Unavailable = "it is not there" }
            ),
            ["--sources", "all", "--conditioning", "none", "--time", "2"]
        );

        Assert.Equal("claimed_bits_per_second", (string?)body["ranked_by"]);
        Assert.Equal(
            ["hash_timing 1", "disk_io 2", "clock_jitter 3"],
            body["sources"]!.AsArray().Select(source => $"{source!["name"]} {source["rank"]}")
        );
        Assert.Equal("of 10,000 samples came in 2 s", ((string)body["sources"]![1]!["reason"]!).Split(' ', 2)[1]);
        Assert.Empty(body["outputs"]!.AsArray());
        Assert.Null(body["sources"]![0]!["assessed_min_entropy"]);
    }

    [Fact]
    public void Bench_Assessed_RanksByWhatRawSamplesWereAssessedAt()
    {
        // A counter: the quick figure is eight bits, and the predictors of SP 800-90B see through it.
        var body = Bench(
            Machine.Of(new ScriptedNoiseSource("clock_jitter", at => (byte)at), new ScriptedNoiseSource("hash_timing")),
            ["--sources", "all", "--conditioning", "none", "--samples", "2000", "--assess", "--time", "60"]
        );

        Assert.Equal("assessed_bits_per_second", (string?)body["ranked_by"]);
        var counter = body["sources"]!.AsArray().Single(source => (string?)source!["name"] == "clock_jitter")!;
        Assert.True((double)counter["min_entropy"]!["value"]! > 6);
        Assert.InRange((double)counter["assessed_min_entropy"]!, 0, 1);
        Assert.Equal("hash_timing", (string?)body["sources"]![0]!["name"]);
    }

    [Fact]
    public void Bench_Outputs_AreThoseAskedForOfAPoolOfTheSources()
    {
        var body = Bench(
            Machine.OfPool(Machine.Lively),
            [
                "--sources",
                Machine.Nothing,
                "--samples",
                "2000",
                "--time",
                "60",
                "--conditioning",
                "limited,drbg,drbg",
                "--output-time",
                "0.05",
            ]
        );

        Assert.Equal(["limited", "drbg"], body["outputs"]!.AsArray().Select(output => (string?)output!["conditioning"]));
        Assert.True((long)body["outputs"]![1]!["bytes"]! > 0);
        Assert.True((double)body["outputs"]![1]!["bytes_per_second"]! > 0);
    }

    [Fact]
    public void Bench_WithoutSources_IsUnavailable()
    {
        var run = RunOf.Program(
            input: null,
            Machine.Of(new ScriptedNoiseSource("vm_exit") { Unavailable = "it is not there" }),
            "bench",
            "--sources",
            "vm_exit",
            "--conditioning",
            "none"
        );

        Assert.Equal((ExitCodes.Unavailable, ""), (run.ExitCode, run.Out));
        Assert.Equal("openentropy: This machine has none of the sources 'vm_exit'.", run.Error.Trim());
    }

    [Fact]
    public void Bench_AnUnknownConditioning_IsRefusedWithTheList()
    {
        var run = RunOf.Program(input: null, "bench", "--conditioning", "drbg,sha256");

        Assert.Equal((ExitCodes.Usage, ""), (run.ExitCode, run.Out));
        Assert.Contains("--conditioning is 'sha256', and can be drbg, limited, raw, none.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(100)]
    public void Bench_ForPeople_FitsTheTerminal(int width)
    {
        var machine = Machine.Of(new ScriptedNoiseSource("clock_jitter"));

        var run = RunOf.Program(
            input: null,
            console => machine(console) with { Width = width },
            "bench",
            "--sources",
            "all",
            "--conditioning",
            "none",
            "--time",
            "60"
        );

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Error));
        Assert.All(run.Out.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        Assert.Contains("clock_jitter", run.Out, StringComparison.Ordinal);
    }

    private static JsonNode Bench(Func<CommandConsole, CommandConsole> machine, string[] args)
    {
        var run = RunOf.Program(input: null, machine, ["bench", "--json", .. args]);
        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Error));
        return JsonNode.Parse(run.Out)!;
    }
}
