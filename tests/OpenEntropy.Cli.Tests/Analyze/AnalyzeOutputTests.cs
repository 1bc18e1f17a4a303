using OpenEntropy.Cli.Running;
using Xunit;

namespace OpenEntropy.Cli.Tests.Analyze;

/// <summary>Where a report is written, and what it must not be written over.</summary>
public sealed class AnalyzeOutputTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Analyze_OutputOverALink_ReplacesTheLinkAndLeavesWhatItLedTo()
    {
        var samples = _folder.Write("a.bin", Folder.Samples());
        var other = _folder.Write("other.bin", [1, 2, 3]);
        var report = _folder.Path("report.md");
        File.CreateSymbolicLink(report, other);

        var run = RunOf.Program(input: null, "analyze", samples, "--format", "markdown", "--suite", "quick", "--output", report);

        Assert.Equal(new RunOf(ExitCodes.Success, "", ""), run);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(other));
        Assert.Null(new FileInfo(report).LinkTarget);
        Assert.StartsWith("# Assessment", File.ReadAllText(report), StringComparison.Ordinal);
        Assert.Equal(["a.bin", "other.bin", "report.md"], Names());
    }

    [Fact]
    public void Analyze_OutputThatIsWhatIsReadThroughLinks_IsRefusedAndLeavesIt()
    {
        var samples = _folder.Write("a.bin", Folder.Samples());
        File.CreateSymbolicLink(_folder.Path("link.md"), "a.bin");
        File.CreateSymbolicLink(_folder.Path("read"), samples);
        Directory.CreateSymbolicLink(_folder.Path("same"), _folder.Path(""));

        Refused("is what is to be read", samples, "--output", _folder.Path("link.md"));
        Refused("is what is to be read", _folder.Path("read"), "--output", samples);
        Refused("is what is to be read", samples, "--output", _folder.Path("same/a.bin"));

        Assert.Equal(Folder.Samples(), File.ReadAllBytes(samples));
    }

    [Fact]
    public void Analyze_OutputWhoseLinksLeadInACircle_IsRefused()
    {
        File.CreateSymbolicLink(_folder.Path("one"), "two");
        File.CreateSymbolicLink(_folder.Path("two"), "one");

        Refused("too many links", _folder.Write("a.bin", Folder.Samples()), "--output", _folder.Path("one"));
    }

    [Theory]
    [InlineData("a.bin", "a.json", "a.bin")]
    [InlineData("a", "a.json", "a")]
    [InlineData("b.bin", "a.json", "a.bin")]
    public void Analyze_OutputThatWouldBeTakenForAHeader_IsRefused(string read, string output, string samples)
    {
        _folder.Write(samples, Folder.Samples());
        _folder.Write(read, Folder.Samples());

        Refused($"would be taken for the header of {_folder.Path(samples)}", _folder.Path(read), "--output", _folder.Path(output));

        Assert.False(File.Exists(_folder.Path(output)));
    }

    [Theory]
    [InlineData("nowhere/report.md")]
    [InlineData("")]
    public void Analyze_OutputThatCannotBeWritten_IsToldOfBeforeAnythingIsRead(string output)
    {
        // Standard input that is read throws, which is another exit code.
        Refused(output.Length == 0 ? "is a directory" : "nowhere", "-", "--output", _folder.Path(output));
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/proc/self/fd/1")]
    public void Analyze_OutputToADevice_IsRefused(string output) => Refused("is not a file", "-", "--output", output);

    [Fact]
    public void Analyze_SamplesThatCannotBeAssessed_LeaveNoFileAndTheReportThatWas()
    {
        var empty = _folder.Write("a.bin", []);
        var report = _folder.Write("report.md", [7]);

        Refused("There are no samples", empty, "--output", report);

        Assert.Equal([7], File.ReadAllBytes(report));
        Assert.Equal(["a.bin", "report.md"], Names());
    }

    [Fact]
    public void Analyze_OutputThatCannotTakeItsName_BreaksOffAndLeavesNothing()
    {
        var report = _folder.Path("report.md");

        // As with a disk that fills meanwhile, what is wrong with the place shows only in the end.
        var run = RunOf.Program(
            input: null,
            console => console with { In = () => Busy(report) },
            "analyze",
            "-",
            "--kind",
            "raw",
            "--suite",
            "quick",
            "--output",
            report
        );

        Assert.Equal((ExitCodes.BrokenOff, ""), (run.ExitCode, run.Out));
        Assert.StartsWith($"openentropy: {report} is not written: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(["report.md"], Names());
    }

    [Fact]
    public void Analyze_StandardOutputThatIsFull_BreaksOff()
    {
        var run = RunOf.Program(
            Folder.Samples(),
            console => console with { Out = () => throw new IOException("No space left on device") },
            "analyze",
            "-",
            "--kind",
            "raw",
            "--suite",
            "quick"
        );

        Assert.Equal(
            new RunOf(ExitCodes.BrokenOff, "", $"openentropy: Standard output: No space left on device{Environment.NewLine}"),
            run
        );
    }

    private static MemoryStream Busy(string path)
    {
        Directory.CreateDirectory(path);
        return new MemoryStream(Folder.Samples());
    }

    private IEnumerable<string?> Names() =>
        Directory.EnumerateFileSystemEntries(_folder.Path("")).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private static void Refused(string why, params string[] args)
    {
        var run = RunOf.Program(input: null, ["analyze", .. args]);
        Assert.Equal((ExitCodes.Usage, ""), (run.ExitCode, run.Out));
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }
}
