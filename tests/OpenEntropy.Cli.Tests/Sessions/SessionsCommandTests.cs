using System.Text.Json;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Cli.Running;
using Xunit;

namespace OpenEntropy.Cli.Tests.Sessions;

public sealed class SessionsCommandTests : IDisposable
{
    private readonly Folder _folder = new();

    public SessionsCommandTests()
    {
        Directory.CreateDirectory(_folder.Path("morning"));
        Directory.CreateDirectory(_folder.Path("evening"));
        Directory.CreateDirectory(_folder.Path("other"));
        _folder.Record("morning/disk_io", Folder.Samples());
        _folder.Record("evening/disk_io", Folder.Samples(4_000, bits: 4), bits: 4);
        _folder.Record("evening/few", Folder.Samples(10));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void List_OfAFolder_HasItsSessionsAndNothingElse()
    {
        var run = RunOf.Program(input: null, "sessions", "list", "--directory", _folder.Path(""));

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains("morning", run.Out, StringComparison.Ordinal);
        Assert.Contains("4,010", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("other", run.Out, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(RunOf.Program(input: null, "sessions", "--directory", _folder.Path(""), "--json").Out);
        Assert.Equal(["evening", "morning"], json.RootElement.EnumerateArray().Select(each => each.GetProperty("name").GetString()));
    }

    [Fact]
    public void List_WhereNothingWasRecorded_SaysSo()
    {
        var run = RunOf.Program(input: null, "sessions", "--directory", _folder.Path("missing"));

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.StartsWith("No sessions in ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_ASession_HasItsRecordings()
    {
        var run = RunOf.Program(input: null, "sessions", "show", _folder.Path("evening"));

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains("disk_io", run.Out, StringComparison.Ordinal);
        Assert.Contains("whole", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_WhatBrokeOff_SaysWhy()
    {
        var header = RecordingFile.ReadHeader(_folder.Path("morning/disk_io")) with { BrokenOff = "the disk was full" };
        RecordingFile.Write(_folder.Path("morning/disk_io"), header, Folder.Samples());

        Assert.Contains(
            "the disk was full",
            RunOf.Program(input: null, "sessions", "show", _folder.Path("morning")).Out,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "broken off",
            RunOf.Program(input: null, "sessions", "--directory", _folder.Path("")).Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Show_ADamagedRecording_IsAFailure()
    {
        File.AppendAllText(_folder.Path("evening/disk_io.bin"), "x");

        var run = RunOf.Program(input: null, "sessions", "show", _folder.Path("evening"), "--json");

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        using var json = JsonDocument.Parse(run.Out);
        Assert.Contains(
            "1 bytes more",
            json.RootElement.GetProperty("recordings")[0].GetProperty("problem").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Compare_TwoSessions_HasTheDifferenceOfWhatBothHave()
    {
        var run = RunOf.Program(input: null, "sessions", "compare", _folder.Path("morning"), _folder.Path("evening"), "--json");

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Out);
        var sources = json.RootElement.GetProperty("sources");
        Assert.True(sources[0].GetProperty("min_entropy_difference").GetDouble() < -2);
        Assert.Equal(JsonValueKind.Null, sources[1].GetProperty("min_entropy_difference").ValueKind);
        Assert.Contains(
            "B − A",
            RunOf.Program(input: null, "sessions", "compare", _folder.Path("morning"), _folder.Path("evening")).Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Show_WhatIsNoSession_IsRefused()
    {
        Assert.Contains("is no folder", Refused("missing"), StringComparison.Ordinal);
        Assert.Contains("holds no recording", Refused(_folder.Path("other")), StringComparison.Ordinal);
    }

    [Fact]
    public void Session_WithARecordingThatLostAFile_IsListedAndShownAsDamaged()
    {
        File.Delete(_folder.Path("evening/few.json"));
        File.Delete(_folder.Path("morning/disk_io.bin"));

        var shown = RunOf.Program(input: null, "sessions", "show", _folder.Path("evening"));
        Assert.Equal(ExitCodes.Failed, shown.ExitCode);
        Assert.Contains("few.json is missing", shown.Out, StringComparison.Ordinal);
        var list = RunOf.Program(input: null, "sessions", "--directory", _folder.Path("")).Out.Split('\n');
        Assert.Equal(2, list.Count(line => line.Contains("damaged", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("SESSION", "show", "")]
    [InlineData("A", "compare", "", "x")]
    [InlineData("B", "compare", "x", "")]
    [InlineData("--directory", "list", "--directory", "")]
    public void Sessions_OfAnEmptyPath_AreRefused(string name, params string[] args)
    {
        var run = RunOf.Program(input: null, ["sessions", .. args]);

        Assert.Equal((ExitCodes.Usage, ""), (run.ExitCode, run.Out));
        Assert.StartsWith($"openentropy: {name} is empty", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_OnATerminal_TellsWhatItReads()
    {
        var run = RunOf.Program(input: null, showsProgress: true, "sessions", "show", _folder.Path("evening"));

        Assert.StartsWith("\rdisk_io (1 of 2)", run.Error, StringComparison.Ordinal);
        Assert.Contains("\rfew (2 of 2), about ", run.Error, StringComparison.Ordinal);
        Assert.EndsWith(" \r", run.Error, StringComparison.Ordinal);
    }

    private static string Refused(string session)
    {
        var run = RunOf.Program(input: null, "sessions", "show", session);
        Assert.Equal((ExitCodes.Usage, ""), (run.ExitCode, run.Out));
        return run.Error;
    }
}
