using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Cli.Recording;
using OpenEntropy.Cli.Running;
using OpenEntropy.Cli.Tests.Bytes;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Cli.Tests.Recording;

public sealed class RecordCommandTests : IDisposable
{
    private const int Enough = 500;
    private const int Many = 300_000;

    private readonly Folder _folder = new();

    private string Session => _folder.Path("session");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Record_SeveralSources_KeepsTheSamplesOfEach()
    {
        using var run = new ScriptedConsole(
            new ScriptedNoiseSource("one"),
            new ScriptedNoiseSource("two", i => (byte)(ScriptedNoiseSource.Lively(i) | 1))
        );

        Assert.Equal(ExitCodes.Success, await run.RunAsync("record", "all", "--samples", "3000", "--output", Session, "--json"));

        foreach (var name in (string[])["one", "two"])
        {
            var recording = RecordingFile.Read(Path.Combine(Session, name));
            Assert.Equal((3000, name, RecordingKind.Raw), (recording.Header.Samples, recording.Header.Source, recording.Header.Kind));
            Assert.Null(recording.Header.BrokenOff);
            Assert.Equal(name == "two", recording.Samples.ToArray().All(sample => sample % 2 == 1));
        }

        Assert.Contains("\"session\": ", run.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no_such_source")]
    [InlineData("fast")]
    [InlineData("silicon,Slow")]
    public async Task Record_WhatIsNoSource_IsRefused(string source)
    {
        using var run = new ScriptedConsole();

        Assert.Equal(ExitCodes.Usage, await run.RunAsync("record", source, "--output", Session));

        Assert.StartsWith($"openentropy: SOURCE is '{source}'", run.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(Session));
    }

    [Fact]
    public async Task Record_ToAnEmptyPath_IsRefused()
    {
        using var run = new ScriptedConsole();

        Assert.Equal(ExitCodes.Usage, await run.RunAsync("record", "all", "--output", ""));

        Assert.StartsWith("openentropy: --output is empty, and is to name a folder.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("4294967296")]
    public async Task Record_MoreThanARecordingHas_IsRefusedWithTheRange(string samples)
    {
        using var run = new ScriptedConsole();

        Assert.Equal(ExitCodes.Usage, await run.RunAsync("record", "all", "--samples", samples, "--output", Session));

        Assert.Contains($"--samples is {samples}, and can be 1 to 134217728", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_PrivateSource_IsRefused()
    {
        using var run = new ScriptedConsole();
        run.Console = run.Console with { CreatePool = options => new EntropyPool(options) };

        Assert.Equal(ExitCodes.Usage, await run.RunAsync("record", "hid_timing", "--output", Session));

        Assert.Contains("may tell of people", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_WhoseSourceFails_KeepsWhatCameBeforeAndTheOthers()
    {
        // Stuck for good, which a health test finds and nobody has to wait for.
        var failing = new ScriptedNoiseSource("two");
        failing.Busy = OnceRecorded(failing, () => failing.Override = _ => 7);
        using var run = new ScriptedConsole(new ScriptedNoiseSource("one"), failing);
        var session = new RecordingSession(run.Console, Request(Many)) { Patience = TimeSpan.FromMinutes(1) };

        var outcomes = await session.RunAsync(_folder.Path(""), CancellationToken.None);

        Assert.Equal((Many, null), (outcomes[0].Header!.Samples, outcomes[0].BrokenOff));
        var broken = RecordingFile.Read(_folder.Path("two")).Header;
        Assert.InRange(broken.Samples, Enough, Many - 1);
        Assert.Equal(outcomes[1].BrokenOff, broken.BrokenOff);
        Assert.Contains("two has failed", broken.BrokenOff, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_ThatIsStopped_SaysSoInItsHeader()
    {
        var source = new ScriptedNoiseSource("one");
        using var run = new ScriptedConsole(source);
        source.Busy = OnceRecorded(source, run.End.Cancel);
        var session = new RecordingSession(run.Console, Request(RecordingFile.MaximumSamples));

        var outcomes = await session.RunAsync(_folder.Path(""), run.End.Token);

        Assert.Equal("it was stopped before it had 134,217,728 samples", outcomes[0].BrokenOff);
        Assert.Equal(outcomes[0].Header, RecordingFile.Read(_folder.Path("one")).Header);
    }

    [Fact]
    public async Task Session_WhoseTimeIsOver_IsWhole()
    {
        var time = new ManualTimeProvider();
        var source = new ScriptedNoiseSource("one");
        source.Busy = OnceRecorded(source, () => time.Advance(TimeSpan.FromMinutes(1)));
        using var run = new ScriptedConsole(source);
        var request = Request(RecordingFile.MaximumSamples) with { Duration = TimeSpan.FromMinutes(1) };

        var outcomes = await new RecordingSession(run.Console with { Time = time }, request).RunAsync(
            _folder.Path(""),
            CancellationToken.None
        );

        Assert.Null(outcomes[0].BrokenOff);
        Assert.Equal(outcomes[0].Header, RecordingFile.Read(_folder.Path("one")).Header);
    }

    [Fact]
    public async Task Session_WhoseEngineBeginsLate_StartsWithTheFirstSample()
    {
        var time = new ManualTimeProvider();
        var before = time.GetUtcNow();
        var isFirst = true;
        var source = new ScriptedNoiseSource("one")
        {
            Busy = _ =>
            {
                if (isFirst)
                    time.Advance(TimeSpan.FromMinutes(1));
                isFirst = false;
            },
        };
        using var run = new ScriptedConsole(source);

        var outcomes = await new RecordingSession(run.Console with { Time = time }, Request(Enough)).RunAsync(
            _folder.Path(""),
            CancellationToken.None
        );

        var after = before + TimeSpan.FromMinutes(1);
        Assert.Equal((after, after), (outcomes[0].Header!.Start, outcomes[0].Header!.End));
    }

    [Fact]
    public async Task Samples_OfASourceOfUnknownSpeed_BeginWithOne()
    {
        using var run = new ScriptedConsole();
        await using var pool = RecordingPool.Create(run.Console, "all");
        _ = pool.RunAsync(CancellationToken.None);
        var samples = new SourceSamples(pool, "one", TimeSpan.FromMinutes(1), TimeProvider.System);

        Assert.Equal(1, (await samples.NextAsync(Enough, CancellationToken.None)).Length);
    }

    /// <summary>Does something at each collection of a source from when enough of its samples are on disk.</summary>
    private Action<bool> OnceRecorded(ScriptedNoiseSource source, Action action)
    {
        var file = new FileInfo(_folder.Path(source.Info.Name + ".bin"));
        return _ =>
        {
            file.Refresh();
            if (file.Exists && file.Length >= Enough)
                action();
        };
    }

    private RecordRequest Request(int samples) => new(["all"], samples, Duration: null, Session, Force: false, IsJson: false);
}
