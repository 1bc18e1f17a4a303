using System.Text.Json.Nodes;
using OpenEntropy.Cli.Running;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Cli.Tests.Report;

public sealed class ReportCommandTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Report_OfOneSource_AssessesItsRawSamplesAndNoOutput()
    {
        var run = RunOf.Program(
            input: null,
            Machine.Of(new ScriptedNoiseSource("clock_jitter", at => (byte)(ScriptedNoiseSource.Lively(at) & 3))),
            "report",
            "--source",
            "clock_jitter",
            "--samples",
            "2000",
            "--json"
        );

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Error));
        var body = JsonNode.Parse(run.Out)!;
        var report = body["sources"]![0]!["report"]!;
        Assert.Equal((2_000, 4), ((int)report["subject"]!["samples"]!, (int)report["subject"]!["alphabetSize"]!));
        Assert.Equal((double)report["minEntropy"]!, (double)body["sources"]![0]!["assessed_min_entropy"]!);
        Assert.Null(body["output"]);
    }

    [Fact]
    public void Report_OfASelection_HoldsEverySourceAndTheOutput()
    {
        var run = RunOf.Program(
            input: null,
            Machine.OfPool(Machine.Lively),
            "report",
            "--sources",
            Machine.Nothing,
            "--samples",
            "2000",
            "--output",
            _folder.Path("report.md")
        );

        Assert.Equal((ExitCodes.Success, "", ""), (run.ExitCode, run.Out, run.Error));
        var report = File.ReadAllText(_folder.Path("report.md"));
        Assert.StartsWith("# Report on the noise sources of this machine\n", report, StringComparison.Ordinal);
        Assert.Contains($"\n## {Machine.Nothing}\n", report, StringComparison.Ordinal);
        Assert.Contains("\n### Non-IID estimates (SP 800-90B, 6.3)\n", report, StringComparison.Ordinal);
        Assert.Contains("\n## Output of the generators\n", report, StringComparison.Ordinal);
        Assert.Contains("SP 800-22", report[report.IndexOf("## Output", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Single(report.Split('\n'), line => line.StartsWith("# ", StringComparison.Ordinal));
        Assert.Equal(["report.md"], Names());
    }

    [Fact]
    public void Report_OfWhatGivesNothing_IsUnavailableAndLeavesTheReportThatWas()
    {
        var report = _folder.Write("report.md", [7]);

        var run = RunOf.Program(
            input: null,
            Machine.Of(new ScriptedNoiseSource("vm_exit") { Unavailable = "it is not there" }),
            "report",
            "--source",
            "vm_exit",
            "--output",
            report
        );

        Assert.Equal((ExitCodes.Unavailable, ""), (run.ExitCode, run.Out));
        Assert.Equal("openentropy: vm_exit gave nothing to report on: unavailable: it is not there.", run.Error.Trim());
        Assert.Equal([7], File.ReadAllBytes(report));
        Assert.Equal(["report.md"], Names());
    }

    [Theory]
    [InlineData("is a directory", "")]
    [InlineData("nowhere", "nowhere/report.md")]
    public void Report_WhereItCannotBeWritten_IsToldOfBeforeAnythingIsTried(string why, string output)
    {
        var source = new ScriptedNoiseSource("clock_jitter");

        var run = RunOf.Program(input: null, Machine.Of(source), "report", "--source", "clock_jitter", "--output", _folder.Path(output));

        Assert.Equal((ExitCodes.Usage, "", 0), (run.ExitCode, run.Out, source.Opened));
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
    }

    [Fact]
    public async Task Report_AskedToEnd_LeavesNothingBehind()
    {
        using var end = new CancellationTokenSource();
        var source = new ScriptedNoiseSource("clock_jitter") { Busy = _ => end.Cancel() };
        var console = new CommandConsole(() => Stream.Null, () => Stream.Null, TextWriter.Null, ShowsProgress: false);
        string[] args = ["report", "--source", "clock_jitter", "--samples", "1000000", "--output", _folder.Path("report.md")];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            OpenEntropyCommand.RunAsync(args, Machine.Of(source)(console), end.Token)
        );

        Assert.Empty(Names());
        Assert.Equal((1, 1), (source.Opened, source.Closed));
    }

    [Theory]
    [InlineData("--source and --sources say the same: give one of them.", "--source", "vm_exit", "--sources", "fast")]
    [InlineData("--output is empty, and is to name a file.", "--output", "")]
    [InlineData("--source is 'vm_exitt': 'vm_exitt' names no noise source", "--source", "vm_exitt")]
    public void Report_ACommandLineThatIsNotUnderstood_IsRefusedByName(string why, params string[] args)
    {
        var run = RunOf.Program(input: null, ["report", .. args]);

        Assert.Equal((ExitCodes.Usage, ""), (run.ExitCode, run.Out));
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
    }

    private IEnumerable<string?> Names() => Directory.EnumerateFileSystemEntries(_folder.Path("")).Select(Path.GetFileName);
}
