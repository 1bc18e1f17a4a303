using System.Text.Json.Nodes;
using OpenEntropy.Assessment.Quick;
using OpenEntropy.Cli.Probe;
using OpenEntropy.Cli.Running;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Cli.Tests.Probe;

public sealed class ProbeCommandTests
{
    [Fact]
    public void Probe_ASource_JudgesItsRawSamples()
    {
        // Anything conditioned would have odd values too.
        var run = RunOf.Program(
            input: null,
            Machine.Of(new ScriptedNoiseSource("clock_jitter", at => (byte)(ScriptedNoiseSource.Lively(at) & 0x1E))),
            "probe",
            "clock_jitter",
            "--samples",
            "5000",
            "--json"
        );

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Error));
        var source = JsonNode.Parse(run.Out)!["sources"]![0]!;
        var histogram = source["histogram"]!.AsArray().Select(count => (int)count!).ToList();
        Assert.Equal((256, 5_000), (histogram.Count, histogram.Sum()));
        Assert.All(histogram.Index(), each => Assert.True(each.Item == 0 || (each.Index & ~0x1E) == 0));
        byte[] samples = [.. histogram.Index().SelectMany(each => Enumerable.Repeat((byte)each.Index, each.Item))];
        var metrics = QuickMetrics.Of(samples);
        Assert.Equal(metrics.MostCommonValue.Lower, (double)source["min_entropy"]!["lower"]!, 1e-12);
        Assert.Equal(metrics.Shannon.Value, (double)source["shannon"]!["value"]!, 1e-12);
        Assert.Equal(metrics.Collision.Upper, (double)source["collision"]!["upper"]!, 1e-12);
        Assert.Equal("healthy", (string?)source["source"]!["state"]);
    }

    [Fact]
    public void Probe_ASourceThatIsStuck_ShowsItsFailuresAndItsSamples()
    {
        var run = RunOf.Program(
            input: null,
            Machine.Of(new ScriptedNoiseSource("clock_jitter", _ => 7)),
            "probe",
            "clock_jitter",
            "--samples",
            "2000",
            "--json"
        );

        var source = JsonNode.Parse(run.Out)!["sources"]![0]!;
        Assert.Equal((ExitCodes.Success, 2_000), (run.ExitCode, (int)source["samples"]!));
        Assert.True((int)source["source"]!["failures_by_test"]!["rct"]! > 0);
        Assert.Equal(0, (double)source["shannon"]!["value"]!);
    }

    [Fact]
    public void Probe_FastSources_LeavesOutThoseThatTurnOutSlow()
    {
        var run = RunOf.Program(
            input: null,
            Machine.Of(new ScriptedNoiseSource("clock_jitter"), Machine.Slow("disk_io")),
            "probe",
            "fast",
            "--samples",
            "2000",
            "--json"
        );

        var names = JsonNode.Parse(run.Out)!["sources"]!.AsArray().Select(source => (string?)source!["name"]);
        Assert.Equal(["clock_jitter"], names);
    }

    [Fact]
    public void Probe_MoreThanOneWithFailures_TellsOfEach()
    {
        var run = RunOf.Program(
            input: null,
            Machine.Of(
                new ScriptedNoiseSource("clock_jitter"),
                new ScriptedNoiseSource("disk_io") { Private = true },
                new ScriptedNoiseSource("vm_exit") { Unavailable = "it is not there" },
                Machine.Slow("hash_timing")
            ),
            "probe",
            "all",
            "--samples",
            "2000",
            "--time",
            "0.1"
        );

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains("private: its samples may tell of people", run.Out, StringComparison.Ordinal);
        Assert.Contains("unavailable: it is not there", run.Out, StringComparison.Ordinal);
        Assert.Contains("of 2,000 samples came in 0.1 s", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExitCodes.Unavailable, "disk_io gave no sample: private: its samples")]
    [InlineData(ExitCodes.Unavailable, "vm_exit gave no sample: unavailable: it is not there.")]
    [InlineData(ExitCodes.Unavailable, "io_uring gave no sample: did not open: the ring is full.")]
    [InlineData(ExitCodes.Usage, "SOURCE is 'clok_jitter': 'clok_jitter' names no noise source and no category; near names: clock_jitter")]
    [InlineData(ExitCodes.Usage, "--samples is 7, and can be 1024 to 10000000.", "--samples", "7")]
    [InlineData(ExitCodes.Usage, "--time is 0, and can be 0.1 to 86400.", "--time", "0")]
    public void Probe_WhatCannotBe_IsRefused(int code, string why, params string[] args)
    {
        var name = why.StartsWith("SOURCE", StringComparison.Ordinal)
            ? "clok_jitter"
            : why.Split(' ')[0].Replace("--samples", "vm_exit").Replace("--time", "vm_exit");
        var run = RunOf.Program(
            input: null,
            Machine.Of(
                new ScriptedNoiseSource("disk_io") { Private = true },
                new ScriptedNoiseSource("vm_exit") { Unavailable = "it is not there" },
                new ScriptedNoiseSource("io_uring") { Failure = new NoiseSourceException("the ring is full") }
            ),
            ["probe", name, .. args.Length == 0 ? ["--time", "0.2"] : args]
        );

        Assert.Equal((code, ""), (run.ExitCode, run.Out));
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    public void Probe_ForPeople_FitsTheTerminal(int width)
    {
        var machine = Machine.Of(new ScriptedNoiseSource("clock_jitter"));

        var run = RunOf.Program(input: null, console => machine(console) with { Width = width }, "probe", "clock_jitter");

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Error));
        Assert.All(run.Out.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        Assert.Contains("min-entropy", run.Out, StringComparison.Ordinal);
        Assert.Contains('█', run.Out);
    }

    [Theory]
    [InlineData(200, 128)]
    [InlineData(40, 32)]
    [InlineData(0, 8)]
    public void Line_OfAHistogram_FitsAndShowsEveryValueThatCame(int width, int bars)
    {
        var counts = new int[256];
        (counts[0], counts[255]) = (1, 1_000_000);

        var line = Histogram.Line(counts, width);

        Assert.Equal('▁' + new string(' ', bars - 2) + '█', line);
    }
}
