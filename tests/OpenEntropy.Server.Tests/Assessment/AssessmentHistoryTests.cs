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
    [InlineData(
        "{\"version\":1,\"sources\":{\"a\":{\"count\":1,\"minimum\":6,\"figures\":[{\"time\":\"2026-01-01T00:00:00+00:00\",\"min_entropy\":6,\"samples\":9,\"h_original\":1e999}]}}}"
    )]
    [InlineData(
        "{\"version\":1,\"sources\":{\"a\":{\"count\":1,\"minimum\":6,\"figures\":[{\"time\":\"2026-01-01T00:00:00+00:00\",\"min_entropy\":6,\"samples\":9,\"h_original\":8.5}]}}}"
    )]
    [InlineData(
        "{\"version\":1,\"sources\":{\"a\":{\"count\":1,\"minimum\":6,\"figures\":[{\"time\":\"2026-01-01T00:00:00+00:00\",\"min_entropy\":6,\"samples\":9,\"h_original\":-1}]}}}"
    )]
    [InlineData(
        "{\"version\":1,\"sources\":{\"a\":{\"count\":1,\"minimum\":6,\"figures\":[{\"time\":\"2026-01-01T00:00:00+00:00\",\"min_entropy\":6,\"samples\":9,\"h_bitstring\":1.5}]}}}"
    )]
    [InlineData(
        "{\"version\":1,\"sources\":{\"a\":{\"count\":1,\"minimum\":6,\"figures\":[{\"time\":\"2026-01-01T00:00:00+00:00\",\"min_entropy\":6,\"samples\":9,\"h_bitstring\":1e999}]}}}"
    )]
    [InlineData(
        "{\"version\":1,\"sources\":{\"a\":{\"count\":9223372036854775807,\"minimum\":6,\"figures\":[{\"time\":\"2026-01-01T00:00:00+00:00\",\"min_entropy\":6,\"samples\":9}]}}}"
    )]
    [InlineData(
        "{\"version\":1,\"sources\":{\"a\":{\"count\":1,\"minimum\":-1,\"figures\":[{\"time\":\"2026-01-01T00:00:00+00:00\",\"min_entropy\":6,\"samples\":9}]}}}"
    )]
    [InlineData(
        "{\"version\":1,\"sources\":{\"a\":{\"count\":1,\"minimum\":6,\"figures\":[{\"time\":\"2026-01-01T00:00:00+00:00\",\"min_entropy\":6,\"samples\":2147483647}]}}}"
    )]
    [InlineData(
        "{\"version\":1,\"sources\":{\"a\":{\"count\":1,\"minimum\":6,\"figures\":[{\"time\":\"2026-01-01T00:00:00+00:00\",\"min_entropy\":6,\"samples\":9,\"sha256\":\"0\"}]}}}"
    )]
    [InlineData(
        "{\"version\":1,\"sources\":{\"a\":{\"count\":1,\"minimum\":6,\"figures\":[{\"time\":\"2026-01-01T00:00:00+00:00\",\"min_entropy\":6,\"samples\":9,\"sha256\":\"gggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg\"}]}}}"
    )]
    [InlineData(
        "{\"version\":1,\"sources\":{\"a\":{\"count\":1,\"minimum\":6,\"figures\":[{\"time\":\"2026-01-01T00:00:00+00:00\",\"min_entropy\":6,\"samples\":9,\"trigger\":7}]}}}"
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

        // Told at every start, until somebody has removed it.
        history.Add("disk_io", ScriptedAssessment.Figure(6));
        history.Load();
        Assert.Contains(File.AsidePath, history.Problem, StringComparison.Ordinal);
        Assert.Equal(["disk_io"], history.Names);
        System.IO.File.Delete(File.AsidePath);
        history.Load();
        Assert.Null(history.Problem);
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

    [Fact]
    public void Load_MoreFiguresThanAreKept_IsSetAside()
    {
        var figures = Enumerable.Range(0, SourceHistory.Kept + 1).Select(i => ScriptedAssessment.Figure(6, i)).ToList();
        var source = ScriptedAssessment.History(6) with { Count = figures.Count, Figures = figures };
        File.Save(new Dictionary<string, SourceHistory>(StringComparer.Ordinal) { ["a"] = source });

        Assert.Contains("figures that cannot be", File.Load().Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_FigureThatCannotBeWritten_IsAProblemAndStands()
    {
        var history = new AssessmentHistory(File);

        var problem = history.Add("disk_io", ScriptedAssessment.Figure(0.5) with { HOriginal = double.PositiveInfinity });

        Assert.Contains("cannot be written", problem, StringComparison.Ordinal);
        Assert.Equal(0.5, history.Find("disk_io")!.Minimum);
        Assert.False(System.IO.File.Exists(File.Path));
    }

    [Fact]
    public void Add_AfterAFileThatCouldNotBeRead_NeverReplacesIt()
    {
        System.IO.File.CreateSymbolicLink(File.Path, File.Path); // cannot be opened by anybody, and would give way to a rename
        var history = new AssessmentHistory(File);
        history.Load();
        var problem = history.Problem;

        Assert.Contains("cannot be read", problem, StringComparison.Ordinal);
        Assert.Equal(problem, history.Add("disk_io", ScriptedAssessment.Figure(6)));
        Assert.Equal(problem, history.Problem);
        Assert.Equal(6, history.Find("disk_io")!.Minimum);
        Assert.Equal(File.Path, new FileInfo(File.Path).LinkTarget);
    }

    [Fact]
    public void Load_DirectoryThatEverybodyMayWriteTo_IsNotTrusted()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        new AssessmentHistory(File).Add("disk_io", ScriptedAssessment.Figure(6));
        System.IO.File.SetUnixFileMode(_directory.FullName, System.IO.File.GetUnixFileMode(_directory.FullName) | UnixFileMode.OtherWrite);
        var history = new AssessmentHistory(File);
        history.Load();

        Assert.Contains("everybody may write", history.Problem, StringComparison.Ordinal);
        Assert.Empty(history.Names);
    }

    [Fact]
    public async Task Add_WhileTheFileIsWritten_ReadersDoNotWait()
    {
        using var saving = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var history = new AssessmentHistory(
            File,
            _ =>
            {
                saving.Set();
                release.Wait();
            }
        );
        var adding = Task.Factory.StartNew(
            () => history.Add("disk_io", ScriptedAssessment.Figure(6)),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        try
        {
            Assert.True(saving.Wait(ServerFactory.Patience));
            var reading = Task.Run(() => (history.Find("disk_io")!.Minimum, history.Names.Count, history.Problem));
            Assert.Equal((6, 1, null), await reading.WaitAsync(ServerFactory.Patience));
            Assert.False(adding.IsCompleted);
        }
        finally
        {
            release.Set();
        }

        Assert.Null(await adding);
    }

    [Fact]
    public void Problem_WriteThatSucceedsAgain_LeavesOnlyWhatWasLostAtTheStart()
    {
        System.IO.File.WriteAllText(File.Path, "{");
        var full = true;
        var history = new AssessmentHistory(
            File,
            _ =>
            {
                if (full)
                {
                    throw new IOException("No space left on device");
                }
            }
        );
        history.Load();
        var lost = history.Problem!;
        history.Add("disk_io", ScriptedAssessment.Figure(6));
        Assert.StartsWith(lost, history.Problem, StringComparison.Ordinal);
        Assert.Contains("No space left", history.Problem, StringComparison.Ordinal);

        full = false;
        Assert.Null(history.Add("disk_io", ScriptedAssessment.Figure(6)));

        Assert.Equal(lost, history.Problem);
    }

    [Fact]
    public void Save_RefusedAtTheEnd_LeavesNoOtherFile()
    {
        Directory.CreateDirectory(Path.Combine(File.Path, "in the way"));

        var refusal = Record.Exception(() => File.Save(new Dictionary<string, SourceHistory>(StringComparer.Ordinal)));

        Assert.True(refusal is IOException or UnauthorizedAccessException);
        Assert.Empty(_directory.GetFiles());
    }
}
