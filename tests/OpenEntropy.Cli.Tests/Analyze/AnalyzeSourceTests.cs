using System.Text.Json;
using OpenEntropy.Cli.Running;
using Xunit;

namespace OpenEntropy.Cli.Tests.Analyze;

public sealed class AnalyzeSourceTests
{
    [Fact]
    public void Analyze_ASource_ReportsOnItsSamples()
    {
        var run = RunOf.Program(
            input: null,
            "analyze",
            "--source",
            "clock_jitter",
            "--samples",
            "1500",
            "--suite",
            "quick",
            "--format",
            "json"
        );

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Out);
        var recording = json.RootElement.GetProperty("subject").GetProperty("recording");
        Assert.Equal("clock_jitter", recording.GetProperty("source").GetString());
        Assert.Equal(1500, recording.GetProperty("samples").GetInt32());
    }

    [Theory]
    [InlineData("near names: clock_jitter", "--source", "clock_jiter")]
    [InlineData("PATH and --source are given", "samples.bin", "--source", "clock_jitter")]
    [InlineData("analyze needs PATH or --source")]
    [InlineData("--samples is given without --source", "samples.bin", "--samples", "5000")]
    [InlineData("can be 1000 to 134217728", "--source", "clock_jitter", "--samples", "10")]
    [InlineData("--json and --format name two forms", "samples.bin", "--json", "--format", "markdown")]
    [InlineData("--format", "samples.bin", "--json", "--format", "bogus")]
    [InlineData("may tell of people", "--source", "audio_noise")]
    public void Analyze_ASourceThatCannotBe_IsRefused(string words, params string[] args)
    {
        var run = RunOf.Program(input: null, ["analyze", .. args]);

        Assert.Equal((ExitCodes.Usage, ""), (run.ExitCode, run.Out));
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }
}
