using OpenEntropy.Server.Assessment;
using Xunit;

namespace OpenEntropy.Server.Tests.Assessment;

public sealed class AssessmentHistoryTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("openentropy-history-");

    private HistoryFile File => new(_directory.FullName);

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData(1, null)]
    [InlineData(9, null)]
    [InlineData(10, 1.0)]
    [InlineData(20, 1.0)]
    [InlineData(21, 2.0)]
    [InlineData(40, 2.0)]
    [InlineData(100, 5.0)]
    public void FifthPercentile_OfFiguresOneToN_IsGivenFromTenOn(int count, double? expected)
    {
        // In an order that is not theirs.
        var figures = Enumerable.Range(0, count).Select(i => (double)((i * 7 % count) + 1)).Select(value => value);
        var distinct = count % 7 == 0 ? Enumerable.Range(1, count).Reverse().Select(value => (double)value) : figures;

        var history = ScriptedAssessment.History([.. distinct]);

        Assert.Equal(expected, history.FifthPercentile);
        Assert.Equal((count, 1.0), ((int)history.Count, history.Minimum));
    }

    [Fact]
    public void Add_ManyFigures_KeepsTheLatestAndTheMinimumOfAll()
    {
        var history = ScriptedAssessment.History([0.5, .. Enumerable.Repeat(6.0, 200), 7]);

        Assert.Equal((202L, 0.5, 7.0), (history.Count, history.Minimum, history.Latest.MinEntropy));
        Assert.Equal(SourceHistory.Kept, history.Figures.Count);
        Assert.True(SourceHistory.Kept >= 100);
    }

    [Fact]
    public void Load_WhatWasAdded_IsTheSame()
    {
        var before = new AssessmentHistory(File);
        Assert.Null(before.Add("disk_io", ScriptedAssessment.Figure(6.5)));
        Assert.Null(before.Add("disk_io", ScriptedAssessment.Figure(0.25, 1) with { HBitstring = null, Sha256 = null }));
        Assert.Null(before.Add("sleep_jitter", ScriptedAssessment.Figure(7)));

        var after = new AssessmentHistory(File);
        after.Load();

        Assert.Null(after.Problem);
        Assert.Equal(["disk_io", "sleep_jitter"], after.Names.Order(StringComparer.Ordinal));
        Assert.Equal((2L, 0.25), (after.Find("disk_io")!.Count, after.Find("disk_io")!.Minimum));
        Assert.Equal(before.Find("disk_io")!.Figures, after.Find("disk_io")!.Figures);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File.Path));
        }
    }

    [Fact]
    public void Load_NoFile_IsNoProblem()
    {
        var history = new AssessmentHistory(File);
        history.Load();

        Assert.Null(history.Problem);
        Assert.Empty(history.Names);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"version\":1}")]
    [InlineData("{\"version\":2,\"sources\":{}}")]
    [InlineData("{\"version\":1,\"sources\":{\"a\":null}}")]
    [InlineData("{\"version\":1,\"sources\":{\"a\":{\"count\":1,\"minimum\":6,\"figures\":[]}}}")]
    [InlineData("{\"version\":1,\"sources\":{\"a\":{\"count\":1,\"minimum\":6,\"figures\":[null]}}}")]
    [InlineData(
        "{\"version\":1,\"sources\":{\"a\":{\"count\":0,\"minimum\":6,\"figures\":[{\"time\":\"2026-01-01T00:00:00+00:00\",\"min_entropy\":6,\"samples\":9}]}}}"
    )]
    [InlineData(
        "{\"version\":1,\"sources\":{\"a\":{\"count\":1,\"minimum\":7,\"figures\":[{\"time\":\"2026-01-01T00:00:00+00:00\",\"min_entropy\":6,\"samples\":9}]}}}"
    )]
    [InlineData(
        "{\"version\":1,\"sources\":{\"a\":{\"count\":1,\"minimum\":6,\"figures\":[{\"time\":\"2026-01-01T00:00:00+00:00\",\"min_entropy\":9,\"samples\":9}]}}}"
    )]
    [InlineData(
        "{\"version\":1,\"sources\":{\"a\":{\"count\":1,\"minimum\":6,\"figures\":[{\"time\":\"2026-01-01T00:00:00+00:00\",\"min_entropy\":6,\"samples\":0}]}}}"
    )]
    public void Load_DamagedFile_IsSetAsideAndTold(string content)
    {
        System.IO.File.WriteAllText(File.Path, content);
        var history = new AssessmentHistory(File);
        history.Load();

        Assert.Contains("were damaged", history.Problem, StringComparison.Ordinal);
        Assert.Contains(File.AsidePath, history.Problem, StringComparison.Ordinal);
        Assert.Empty(history.Names);
        Assert.Equal(content, System.IO.File.ReadAllText(File.AsidePath));
        Assert.False(System.IO.File.Exists(File.Path));
    }

    [Fact]
    public void Load_FileCutAnywhere_IsNeverTrustedInPart()
    {
        var before = new AssessmentHistory(File);
        before.Add("disk_io", ScriptedAssessment.Figure(6.5));
        before.Add("disk_io", ScriptedAssessment.Figure(0.25));
        var whole = System.IO.File.ReadAllBytes(File.Path);
        for (var length = 0; length < whole.Length; length++)
        {
            System.IO.File.WriteAllBytes(File.Path, whole[..length]);
            var history = new AssessmentHistory(File);
            history.Load();
            Assert.NotNull(history.Problem);
            Assert.Empty(history.Names);
        }
    }

    [Fact]
    public void Add_DirectoryThatCannotBe_KeepsTheFigureAndTells()
    {
        System.IO.File.WriteAllText(Path.Combine(_directory.FullName, "file"), "");
        var history = new AssessmentHistory(new HistoryFile(Path.Combine(_directory.FullName, "file", "below")));

        Assert.Contains("cannot be written", history.Add("disk_io", ScriptedAssessment.Figure(6)), StringComparison.Ordinal);
        Assert.Equal(6, history.Find("disk_io")!.Minimum);
        Assert.NotNull(history.Problem);
    }
}
