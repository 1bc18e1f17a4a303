using OpenEntropy.Pqc.Ledger;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Ledger;

/// <summary>An entry that fails and cannot be taken back either, as where a file system becomes read-only in the middle of it.</summary>
public sealed class LedgerTakeBackTests : IDisposable
{
    private static readonly string s_failed = LedgerTestFolder.Id(2);

    private readonly LedgerTestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_AfterAFileThatCouldNotBeDeleted_TakesItBackAndDoesNotEnterIt()
    {
        var ledger = Filled();
        var before = LedgerTestFolder.Names(_folder.Path);
        var kept = FailWithFileThatStays(ledger);
        Assert.Throws<UnauthorizedAccessException>(() => _folder.Open(leftBehind: s_failed)); // it cannot be deleted yet
        PutBack(kept);

        var again = _folder.Open(leftBehind: ledger.LeftBehind);

        Assert.Equal(1, again.Count);
        Assert.Null(again.Find(s_failed));
        Assert.Contains($"took back {s_failed}", Assert.Single(again.Findings), StringComparison.Ordinal);
        Assert.Equal(before, LedgerTestFolder.Names(_folder.Path));
        Assert.Equal(2, again.Append(s_failed, [3])!.Sequence);
        Assert.Empty(_folder.Open().Findings);
    }

    [Fact]
    public void Open_AfterALineThatCouldNotBeCut_TakesItBackAndDoesNotEnterIt()
    {
        var ledger = Filled();
        var index = File.ReadAllBytes(_folder.Index);
        FileStream? held = null;
        _folder.After = step =>
        {
            if (step != LedgerStep.LineFlushed)
                return;
            held = new FileStream(_folder.Index, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            throw new IOException("Input/output error");
        };

        var exception = Assert.Throws<LedgerException>(() => ledger.Append(s_failed, [2]));
        held!.Dispose();
        _folder.After = null;
        Assert.IsType<IOException>(exception.InnerException);
        Assert.Equal((true, s_failed, 1), (ledger.IsUnsettled, ledger.LeftBehind, ledger.Count));
        Assert.Equal(2, File.ReadAllLines(_folder.Index).Length);

        var again = _folder.Open(leftBehind: ledger.LeftBehind);

        Assert.Equal(1, again.Count);
        Assert.Equal(index, File.ReadAllBytes(_folder.Index));
        Assert.False(File.Exists(_folder.FileOf(s_failed)));
        Assert.Equal(2, again.Append(s_failed, [3])!.Sequence);
    }

    [Fact]
    public void Open_AfterAFolderThatWentInTheMiddleOfAnEntry_TakesItBackWhenItIsThereAgain()
    {
        var ledger = Filled();
        var away = _folder.Path + ".away";
        _folder.After = step =>
        {
            if (step != LedgerStep.FileNamed)
                return;
            Directory.Move(_folder.Path, away);
            Directory.CreateDirectory(_folder.Path);
            throw new IOException("Input/output error");
        };
        Assert.Throws<LedgerException>(() => ledger.Append(s_failed, [2]));
        _folder.After = null;
        Assert.Equal(s_failed, ledger.LeftBehind);
        Directory.Delete(_folder.Path);
        Directory.Move(away, _folder.Path);

        var again = _folder.Open(leftBehind: ledger.LeftBehind);

        Assert.Null(again.Find(s_failed));
        Assert.Equal(1, again.Count);
        Assert.False(File.Exists(_folder.FileOf(s_failed)));
    }

    // What the message of the failure and docs/pqc.md say: the next process cannot tell it from an end in the middle of an entry.
    [Fact]
    public void Open_ByAnotherProcessAfterAFileThatCouldNotBeDeleted_EntersIt()
    {
        PutBack(FailWithFileThatStays(Filled()));

        Assert.NotNull(_folder.Open().Find(s_failed));
    }

    [Fact]
    public void Append_AfterAnEntryThatCouldNotBeTakenBack_IsRefusedAndWhatWasEnteredCanBeRead()
    {
        var ledger = Filled();
        FailWithFileThatStays(ledger);

        Assert.Throws<LedgerException>(() => ledger.Append(LedgerTestFolder.Id(3), [3]));

        Assert.Equal(s_failed, ledger.LeftBehind);
        Assert.Equal([1], ledger.Read(Assert.Single(ledger.Page(long.MaxValue, 10)))!);
        Assert.Null(ledger.Find(s_failed));
    }

    private BundleLedger Filled()
    {
        var ledger = _folder.Open();
        ledger.Append(LedgerTestFolder.Id(1), [1]);
        return ledger;
    }

    /// <summary>Ends an entry where its file has its name, and puts in its place what cannot be deleted as a file, whoever tries.</summary>
    /// <returns>Where the file is meanwhile.</returns>
    private string FailWithFileThatStays(BundleLedger ledger)
    {
        var (file, kept) = (_folder.FileOf(s_failed), _folder.Path + ".kept");
        _folder.After = step =>
        {
            if (step != LedgerStep.FileNamed)
                return;
            File.Move(file, kept);
            Directory.CreateDirectory(file);
            throw new IOException("Read-only file system");
        };
        Assert.Throws<LedgerException>(() => ledger.Append(s_failed, [2]));
        _folder.After = null;
        return kept;
    }

    private void PutBack(string kept)
    {
        Directory.Delete(_folder.FileOf(s_failed));
        File.Move(kept, _folder.FileOf(s_failed));
    }
}
