using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Cli.Running;
using OpenEntropy.Cli.Tests.Bytes;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Cli.Tests.Recording;

/// <summary>What others do to the place of a session while it is recorded.</summary>
public sealed class MeanwhileTests : IDisposable
{
    private const int Samples = 3000;

    private readonly Folder _folder = new();
    private readonly ScriptedNoiseSource _source = new("one");

    public MeanwhileTests() => Directory.CreateDirectory(_folder.Path("a"));

    private string Session => _folder.Path("a/session");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData]
    [InlineData("--force")]
    public async Task Record_WhereAnotherSessionCame_KeepsBothAndSaysSo(params string[] force)
    {
        OnceRecorded(() =>
        {
            Directory.CreateDirectory(Session);
            _folder.Write("a/session/notes.txt", [1]);
        });

        var (code, output, error) = await RunAsync(force);

        Assert.Equal(ExitCodes.BrokenOff, code);
        Assert.Equal($"openentropy: {Session} was made by another meanwhile and stays: this session is {Session}-2.", error.TrimEnd());
        Assert.StartsWith(Session + "-2", output, StringComparison.Ordinal);
        Assert.Equal(Samples, RecordingFile.Read(Session + "-2/one").Header.Samples);
        Assert.Equal([1], File.ReadAllBytes(Session + "/notes.txt"));
    }

    [Fact]
    public async Task Record_WhereThePlaceWent_KeepsWhatWasRecordedAndSaysWhere()
    {
        OnceRecorded(() => Directory.Move(_folder.Path("a"), _folder.Path("b")));

        var (code, _, error) = await RunAsync();

        Assert.Equal(ExitCodes.BrokenOff, code);
        var kept = Directory.GetDirectories(_folder.Path("b")).Single();
        Assert.StartsWith(
            $"openentropy: The session cannot have its name, and is {_folder.Path("a")}/{Path.GetFileName(kept)}: ",
            error,
            StringComparison.Ordinal
        );
        Assert.Equal(Samples, RecordingFile.Read(Path.Combine(kept, "one")).Header.Samples);
    }

    private async Task<(int Code, string Out, string Error)> RunAsync(params string[] more)
    {
        using var run = new ScriptedConsole(_source);
        var code = await run.RunAsync(["record", "all", "--samples", $"{Samples}", "--output", Session, .. more]);
        return (code, run.Text, run.Error);
    }

    /// <summary>Does something once, at the first collection from when its samples are on disk.</summary>
    private void OnceRecorded(Action action)
    {
        var isDone = false;
        _source.Busy = _ =>
        {
            if (
                isDone
                || !new DirectoryInfo(_folder.Path("a")).EnumerateFiles("*.bin", SearchOption.AllDirectories).Any(file => file.Length > 0)
            )
                return;
            isDone = true;
            action();
        };
    }
}
