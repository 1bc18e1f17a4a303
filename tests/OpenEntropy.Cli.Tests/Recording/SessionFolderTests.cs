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
            Assert.Equal(Name, folder.Keep(isWhole: false));
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
            Assert.Equal(Name, folder.Keep(isWhole: true));
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
            Assert.Equal(_folder.Path(name), folder.Keep(isWhole: false));
        }

        Assert.Equal(["old.bin", "old.json"], Content(Name));
        Assert.Equal(["new.bin", "new.json"], Content(_folder.Path("session.incomplete")));
    }

    [Fact]
    public void Session_WhereSomethingMustStay_IsRefused()
    {
        Old();
        Assert.Contains("--force", Refusal(Name, force: false), StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(Name, "notes.txt"), "mine");
        Assert.Contains("other things", Refusal(Name, force: true), StringComparison.Ordinal);
        Assert.Contains("is a file", Refusal(_folder.Write("file", []), force: true), StringComparison.Ordinal);
        Assert.Contains("cannot be made", Refusal("/proc/session", force: true), StringComparison.Ordinal);
        Assert.Equal(["notes.txt", "old.bin", "old.json"], Content(Name));
    }

    private static string Refusal(string path, bool force)
    {
        var failure = Assert.Throws<CommandFailureException>(() => new SessionFolder(path, force).Dispose());
        Assert.Equal(ExitCodes.Usage, failure.ExitCode);
        return failure.Message;
    }

    private static void Fill(SessionFolder folder, string name)
    {
        File.WriteAllText(Path.Combine(folder.Current, name + ".bin"), "");
        File.WriteAllText(Path.Combine(folder.Current, name + ".json"), "");
    }

    private static IEnumerable<string?> Content(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private void Old()
    {
        using var folder = new SessionFolder(Name, force: false);
        Fill(folder, "old");
        _ = folder.Keep(isWhole: true);
    }
}
