using OpenEntropy.Cli.Recording;
using OpenEntropy.Cli.Running;
using Xunit;

namespace OpenEntropy.Cli.Tests.Recording;

public sealed class SessionFolderTests : IDisposable
{
    private readonly Folder _folder = new();

    private string Name => _folder.Path("session");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Keep_ANewSession_IsThereUnderItsNameAlone()
    {
        using (var folder = new SessionFolder(Name, force: false))
        {
            Fill(folder, "new");
            Assert.False(Path.Exists(Name));
            Assert.Equal(Name, folder.Keep(isWhole: false).Folder);
        }

        Assert.Equal(["new.bin", "new.json"], Content(Name));
        Assert.Equal(["session"], Content(_folder.Path("")));
    }

    [Fact]
    public void Dispose_OfWhatWasNotKept_LeavesNothing()
    {
        using (var folder = new SessionFolder(Name, force: false))
            Fill(folder, "new");

        Assert.Empty(Content(_folder.Path("")));
    }

    [Fact]
    public void Keep_OverAnother_ReplacesItWhole()
    {
        Old();
        using (var folder = new SessionFolder(Name, force: true))
        {
            Fill(folder, "new");
            Assert.Equal(["old.bin", "old.json"], Content(Name));
            Assert.Equal(new KeptSession(Name), folder.Keep(isWhole: true));
        }

        Assert.Equal(["new.bin", "new.json"], Content(Name));
        Assert.Equal(["session"], Content(_folder.Path("")));
    }

    [Fact]
    public void Keep_OfLessThanWasAskedFor_LeavesTheOther()
    {
        Old();
        foreach (var name in (string[])["session.incomplete", "session.incomplete-2"])
        {
            using var folder = new SessionFolder(Name, force: true);
            Fill(folder, "new");
            Assert.Equal(_folder.Path(name), folder.Keep(isWhole: false).Folder);
        }

        Assert.Equal(["old.bin", "old.json"], Content(Name));
        Assert.Equal(["new.bin", "new.json"], Content(_folder.Path("session.incomplete")));
    }

    [Theory]
    [InlineData(false, "old.bin")] // a session, which nobody said may be replaced
    [InlineData(true, "notes.txt")] // something else, which never is
    [InlineData(true, "old.json")] // a header that is none
    public void Keep_WhereAnotherCameMeanwhile_LeavesItAndIsBesideIt(bool force, string written)
    {
        using (var folder = new SessionFolder(Name, force))
        {
            Fill(folder, "new");
            Old();
            File.WriteAllText(Path.Combine(Name, written), "mine");
            Assert.Equal(new KeptSession(_folder.Path("session-2")) { Taken = Name }, folder.Keep(isWhole: true));
        }

        Assert.Equal("mine", File.ReadAllText(Path.Combine(Name, written)));
        Assert.Equal(["new.bin", "new.json"], Content(_folder.Path("session-2")));
        Assert.Equal(["session", "session-2"], Content(_folder.Path("")));
    }

    [Fact]
    public void Keep_WhereAFileCameMeanwhile_LeavesItAndIsBesideIt()
    {
        using var folder = new SessionFolder(Name, force: true);
        Fill(folder, "new");
        _folder.Write("session", [1]);

        Assert.Equal(_folder.Path("session-2"), folder.Keep(isWhole: true).Folder);

        Assert.Equal([1], File.ReadAllBytes(Name));
    }

    [Fact]
    public void Keep_ThatFails_LeavesWhatWasRecorded()
    {
        Directory.CreateDirectory(_folder.Path("a"));
        using (var folder = new SessionFolder(_folder.Path("a/session"), force: true))
        {
            Fill(folder, "new");
            Directory.Move(_folder.Path("a"), _folder.Path("b")); // as a disk that is unplugged
            Assert.ThrowsAny<IOException>(() => folder.Keep(isWhole: true));
            Directory.Move(_folder.Path("b"), _folder.Path("a"));
        }

        Assert.Equal(["new.bin", "new.json"], Content(Directory.GetDirectories(_folder.Path("a")).Single()));
    }

    [Fact]
    public void Keep_WhereALinkLeadsToASession_ReplacesThatAndLeavesTheLink()
    {
        Old();
        Directory.CreateSymbolicLink(_folder.Path("link"), "session");
        using (var folder = new SessionFolder(_folder.Path("link"), force: true))
        {
            Fill(folder, "new");
            Assert.Equal(new KeptSession(Name), folder.Keep(isWhole: true));
        }

        Assert.Equal(["new.bin", "new.json"], Content(_folder.Path("link")));
        Assert.Equal(["link", "session"], Content(_folder.Path("")));
    }

    [Fact]
    public void Session_WhereSomethingMustStay_IsRefused()
    {
        Old();
        Assert.Contains("--force", Refusal(Name, force: false), StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(Name, "notes.txt"), "mine");
        Assert.Contains("other things", Refusal(Name, force: true), StringComparison.Ordinal);
        Assert.Contains("is a file", Refusal(_folder.Write("file", []), force: true), StringComparison.Ordinal);
        File.CreateSymbolicLink(_folder.Path("nowhere"), "missing");
        Assert.Contains("leads to no folder", Refusal(_folder.Path("nowhere"), force: true), StringComparison.Ordinal);
        Assert.Contains("cannot be made", Refusal("/proc/session", force: true), StringComparison.Ordinal);
        Assert.Equal(["notes.txt", "old.bin", "old.json"], Content(Name));
    }

    private static string Refusal(string path, bool force)
    {
        var failure = Assert.Throws<CommandFailureException>(() => new SessionFolder(path, force).Dispose());
        Assert.Equal(ExitCodes.Usage, failure.ExitCode);
        return failure.Message;
    }

    private void Fill(SessionFolder folder, string name) =>
        _folder.Record(Path.GetRelativePath(_folder.Path(""), Path.Combine(folder.Current, name)), Folder.Samples(10));

    private static IEnumerable<string?> Content(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private void Old()
    {
        using var folder = new SessionFolder(Name, force: false);
        Fill(folder, "old");
        _ = folder.Keep(isWhole: true);
    }
}
