using System.Text.Json.Nodes;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Cli.Running;
using OpenEntropy.Tests;
using Xunit;

namespace OpenEntropy.Cli.Tests.Analyze;

public sealed class AnalyzeCommandTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("noise")]
    [InlineData("noise.bin")]
    [InlineData("noise.json")]
    public void Analyze_ARecordingByAnyOfItsNames_ReportsOnItWithItsHeader(string name)
    {
        _folder.Record("noise", Folder.Samples());

        var run = RunOf.Program(input: null, "analyze", _folder.Path(name), "--format", "json", "--suite", "quick");

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Error));
        Assert.Equal("noise", (string?)JsonNode.Parse(run.Out)!["subject"]!["recording"]!["source"]);
    }

    [Theory]
    [InlineData("further", "further")]
    [InlineData("quick,further", "further quick")]
    [InlineData("all", "sp80022 further quick")]
    public void Analyze_OutputByASuite_HoldsWhatItNames(string suite, string parts)
    {
        var run = RunOf.Program(Folder.Samples(), "analyze", "-", "--kind", "output", "--suite", suite, "--format", "json");

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Error));
        var report = JsonNode.Parse(run.Out)!;
        Assert.Equal(
            parts,
            string.Join(' ', new[] { "nonIid", "iid", "sp80022", "further", "quick" }.Where(part => report[part] is not null))
        );
    }

    [Fact]
    public void Analyze_Json_IsTheFormatOfThatName()
    {
        string[] args = ["analyze", "-", "--kind", "raw", "--suite", "quick"];
        var run = RunOf.Program(Folder.Samples(), [.. args, "--json"]);

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Error));
        Assert.Equal(RunOf.Program(Folder.Samples(), [.. args, "--format", "json"]), run);
        Assert.Equal(run, RunOf.Program(Folder.Samples(), [.. args, "--format", "json", "--json"]));
    }

    [Fact]
    public void Analyze_TheSameBytesFromAFileAndFromStandardInput_AreTheSameReport()
    {
        var samples = Folder.Samples();
        var path = _folder.Write("bytes", samples);

        var file = RunOf.Program(input: null, "analyze", path, "--format", "markdown", "--threads", "1");
        var input = RunOf.Program(samples, "analyze", "-", "--format", "markdown", "--threads", "2");

        Assert.Equal((ExitCodes.Success, ""), (file.ExitCode, file.Error));
        Assert.Equal(file, input);
        Assert.StartsWith("# Assessment of 2,000 samples\n", file.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_StandardInputLongerThanABuffer_IsReadToItsEnd()
    {
        var run = RunOf.Program(Folder.Samples(2_500_000), "analyze", "-", "--kind", "output", "--suite", "quick");

        Assert.Contains("Assessment of 2,500,000 samples", run.Out, StringComparison.Ordinal);
        Assert.Contains("kind                                output", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_WithOutput_WritesTheReportThereAndNothingElse()
    {
        var recording = _folder.Record("noise", Folder.Samples());

        var run = RunOf.Program(input: null, "analyze", recording, "--format", "json", "--output", _folder.Path("report.json"));

        Assert.Equal(new RunOf(ExitCodes.Success, "", ""), run);
        var report = JsonNode.Parse(File.ReadAllText(_folder.Path("report.json")))!;
        Assert.InRange((double)report["minEntropy"]!, 0, 8);
    }

    [Fact]
    public void Analyze_OutputOverTheRecording_IsRefusedAndLeavesIt()
    {
        var recording = _folder.Record("noise", Folder.Samples());
        var header = File.ReadAllBytes(recording + ".json");

        foreach (var read in (string[])[recording, recording + ".bin", recording + ".json"])
            Refused("is what is to be read", read, "--output", recording + ".json");

        Assert.Equal(header, File.ReadAllBytes(recording + ".json"));
    }

    [Fact]
    public void Analyze_Verbose_AddsTheIntermediateValues()
    {
        var samples = Folder.Samples();

        Assert.DoesNotContain("P_global", RunOf.Program(samples, "analyze", "-").Out, StringComparison.Ordinal);
        Assert.Contains("P_global", RunOf.Program(samples, "analyze", "-", "-v").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_NoHeader_TakesARecordingForBareBytes()
    {
        var recording = _folder.Record("noise", Folder.Samples(), RecordingKind.Output);

        var run = RunOf.Program(input: null, "analyze", recording + ".bin", "--no-header");

        Assert.Contains("not told; taken for raw", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_OnATerminal_ShowsWhatIsComputedAndTakesItAway()
    {
        var run = RunOf.Program(Folder.Samples(), showsProgress: true, "analyze", "-");

        Assert.Contains("the ten estimators of 2,000 samples", run.Error, StringComparison.Ordinal);
        Assert.EndsWith(" \r", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_RestartsThatRepeatThemselves_ExitWithFailure()
    {
        // Each restart gives the same 1,000 samples: a column holds one symbol only.
        var samples = new byte[1_000_000];
        var restart = Folder.Samples(1_000);
        for (var at = 0; at < samples.Length; at += restart.Length)
            restart.CopyTo(samples, at);

        var run = RunOf.Program(samples, "analyze", "-", "--kind", "raw", "--restart", "6", "--seed", "7");

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Matches("seed of the simulation +7 ", run.Out);
        Assert.Contains("failed; a symbol occurs 1,000 times in a row or column", run.Out, StringComparison.Ordinal);
    }

    [VectorTheory]
    [InlineData("sp80090b/rand8_short")]
    [InlineData("sp80090b/rand4_short")]
    [InlineData("sp80090b/rand1_short")]
    public void Analyze_SampleData_GivesTheFigureOfTheTool(string name)
    {
        var path = Path.Combine(Environment.GetEnvironmentVariable(Vectors.Variable)!, name);
        using var reader = new StreamReader(Vectors.Open(name + ".noniid.vv.txt"));
        var least = reader.ReadToEnd().Split('\n').Single(line => line.StartsWith("Assessed min entropy", StringComparison.Ordinal));

        var run = RunOf.Program(input: null, "analyze", path + ".bin", "--format", "json", "--kind", "raw");

        var expected = double.Parse(least[(least.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        Assert.Equal(expected, (double)JsonNode.Parse(run.Out)!["minEntropy"]!, 1e-10);
    }

    private static void Refused(string why, params string[] args)
    {
        var run = RunOf.Program(input: null, ["analyze", .. args]);
        Assert.Equal((ExitCodes.Usage, ""), (run.ExitCode, run.Out));
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }
}
