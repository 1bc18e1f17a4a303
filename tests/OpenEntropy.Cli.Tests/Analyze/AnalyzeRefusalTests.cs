using System.Text;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Cli.Running;
using Xunit;

namespace OpenEntropy.Cli.Tests.Analyze;

/// <summary>What cannot be assessed: one line that says why and how much is needed, no report, exit code 2.</summary>
public sealed class AnalyzeRefusalTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Analyze_SamplesThatNothingCanBeSaidOf_NamesWhatIsNeeded()
    {
        Refused("There are no samples", _folder.Write("empty", []));
        Refused("one symbol holds no entropy", _folder.Write("constant", new byte[5_000]));
        Refused("There are 999 samples: an assessment needs at least 1,000", _folder.Write("few", Folder.Samples(999)));
        Refused("needs 8 bits, but the samples are declared to have 4", _folder.Write("wide", Folder.Samples()), "--bits", "4");
    }

    [Fact]
    public void Analyze_PathThatIsNoFileOfSamples_NamesIt()
    {
        Refused("missing does not exist", _folder.Path("missing"));
        Refused("is a directory", _folder.Path(""));
        Refused("missing.bin is missing", HeaderAlone("missing"));
    }

    [Fact]
    public async Task Analyze_WhatMayNotBeRead_IsToldOf()
    {
        using var error = new StringWriter();
        var console = new CommandConsole(
            () => throw new UnauthorizedAccessException("Access to 'secret' is denied."),
            () => throw new InvalidOperationException("Standard output was written."),
            error,
            ShowsProgress: false
        );

        Assert.Equal(ExitCodes.Usage, await OpenEntropyCommand.RunAsync(["analyze", "-"], console, CancellationToken.None));
        Assert.Equal("openentropy: Access to 'secret' is denied.", error.ToString().TrimEnd());
    }

    [Fact]
    public void Analyze_RecordingWhoseHeaderLies_NamesTheLie()
    {
        var recording = _folder.Record("noise", Folder.Samples());
        File.WriteAllBytes(recording + ".bin", Folder.Samples(1_500));
        Refused("500 are missing", recording + ".bin");

        byte[] other = [.. Folder.Samples().Select(sample => (byte)~sample)];
        File.WriteAllBytes(recording + ".bin", other);
        Refused("its SHA-256 is", recording + ".json");

        File.WriteAllText(recording + ".json", "{}");
        Refused("has no member 'version'", recording);
    }

    [Fact]
    public void Analyze_SamplesWiderThanTheHeaderTells_AreRefused()
    {
        var recording = _folder.Record("noise", Folder.Samples(bits: 4), bits: 4);
        var header = File.ReadAllText(recording + ".json").Replace("\"sample_bits\": 4", "\"sample_bits\": 3", StringComparison.Ordinal);
        File.WriteAllText(recording + ".json", header);

        Refused("wider than the 3 bits", recording);
    }

    [Fact]
    public void Analyze_EntropyOfOutput_IsRefusedUnlessAskedForAsConditioned()
    {
        var recording = _folder.Record("output", Folder.Samples(), RecordingKind.Output);

        Refused("not raw", recording, "--suite", "non-iid");
        Refused("not raw", recording, "--suite", "non-iid,iid,sp800-22,further,quick");
        Refused("not raw", recording, "--suite", "all,iid");
        Refused("output", recording, "--restart", "4");
        Refused("header says that it is output", recording, "--kind", "raw");
        Assert.Equal(ExitCodes.Success, RunOf.Program(input: null, "analyze", recording, "--conditioned").ExitCode);
    }

    [Fact]
    public void Analyze_RestartTestOfAnotherNumberOfSamples_NamesHowManyItNeeds() =>
        Refused("1,000,000 in all; these are 2,000", _folder.Write("few", Folder.Samples()), "--restart", "4");

    [Theory]
    [InlineData("--bits is 9, and can be 1 to 8", "-", "--bits", "9")]
    [InlineData("--threads is 0, and can be 1 to 64", "-", "--threads", "0")]
    [InlineData("--suite is 'nist', and can be non-iid, iid", "-", "--suite", "quick,nist")]
    [InlineData("--format is 'xml', and can be text, markdown, json", "-", "--format", "xml")]
    [InlineData("--restart", "-", "--restart", "much")]
    [InlineData("--seed", "-", "--seed", "-1")]
    [InlineData("--output is empty", "-", "--output", "")]
    [InlineData("PATH is empty", "")]
    [InlineData("--colour", "-", "--colour")]
    [InlineData("analyze", null)]
    public void Analyze_CommandLineThatIsNotUnderstood_IsRefusedByName(string why, string? path, params string[] args)
    {
        string[] all = path is null ? ["analyze"] : ["analyze", path, .. args];

        var run = RunOf.Program(input: null, all);

        Assert.Equal((ExitCodes.Usage, ""), (run.ExitCode, run.Out));
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
    }

    private static void Refused(string why, params string[] args)
    {
        var run = RunOf.Program(input: null, ["analyze", .. args]);
        Assert.Equal((ExitCodes.Usage, ""), (run.ExitCode, run.Out));
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    /// <summary>A header without its samples.</summary>
    private string HeaderAlone(string name)
    {
        var recording = _folder.Record(name, Encoding.ASCII.GetBytes("samples"));
        File.Delete(recording + ".bin");
        return recording + ".json";
    }
}
