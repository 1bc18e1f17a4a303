using OpenEntropy.Pqc.Ledger;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Ledger;

public sealed class BundleLedgerTests : IDisposable
{
    private readonly LedgerTestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Append_ThenOpen_HoldsTheEntriesInTheirChain()
    {
        var ledger = _folder.Open();
        for (var i = 0; i < 5; i++)
            ledger.Append(LedgerTestFolder.Id(i), [(byte)i]);

        var again = _folder.Open();

        Assert.Empty(again.Findings);
        Assert.Equal([5, 4], again.Page(long.MaxValue, 2).Select(entry => entry.Sequence));
        Assert.Equal([3, 2, 1], again.Page(4, 100).Select(entry => entry.Sequence));
        Assert.Empty(again.Page(1, 10));
        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal([(byte)i], again.Read(again.Find(LedgerTestFolder.Id(i))!)!));
        var lines = File.ReadAllLines(_folder.Index).Select(line => LedgerEntry.Parse(line)!).ToList();
        Assert.Equal(LedgerEntry.NoPrevious, lines[0].PreviousSha256);
        Assert.All(lines.Zip(lines.Skip(1)), pair => Assert.Equal(pair.First.LineSha256, pair.Second.PreviousSha256));
    }

    [Fact]
    public void Append_Files_AreForTheirOwnerAlone()
    {
        _folder.Open().Append(LedgerTestFolder.Id(1), LedgerTestFolder.Content);

        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.Path));
        foreach (var file in Directory.GetFiles(_folder.Path))
            Assert.Equal(Owner, File.GetUnixFileMode(file));
    }

    [Fact]
    public void Append_AnIdTwice_IsRefused()
    {
        var ledger = _folder.Open();
        ledger.Append(LedgerTestFolder.Id(1), [1]);

        Assert.Throws<LedgerException>(() => ledger.Append(LedgerTestFolder.Id(1), [2]));
        Assert.Equal([1], ledger.Read(ledger.Find(LedgerTestFolder.Id(1))!)!);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../../../../../../../etc/passwd")]
    [InlineData("0000000000000000000000000000000A")]
    public void Append_NoId_IsRefused(string id) => Assert.Throws<ArgumentException>(() => _folder.Open().Append(id, [1]));

    [Fact]
    public void Open_AfterAnEndAtAnyStep_HoldsTheEntryOrNothingOfIt()
    {
        var first = _folder.Open();
        first.Append(LedgerTestFolder.Id(1), [1]);
        var copies = new List<(LedgerStep Step, string Path)>();
        _folder.After = step => copies.Add((step, _folder.Copy(step.ToString())));
        first.Append(LedgerTestFolder.Id(2), LedgerTestFolder.Content);
        _folder.After = null;

        Assert.Equal(Enum.GetValues<LedgerStep>(), copies.Select(copy => copy.Step));
        foreach (var (step, path) in copies)
        {
            var ledger = _folder.Open(path);
            var isThere = step >= LedgerStep.FileNamed;
            var isRepaired = step < LedgerStep.LineWritten;
            Assert.Equal((step, isThere ? 2 : 1, isRepaired), (step, ledger.Count, ledger.Findings.Count == 1));
            Assert.Equal(isThere, ledger.Find(LedgerTestFolder.Id(2)) is { } entry && ledger.Read(entry) is not null);
            Assert.Empty(_folder.Open(path).Findings); // repaired once
            ledger.Append(LedgerTestFolder.Id(3), [3]);
            Assert.Equal(isThere ? 4 : 3, LedgerTestFolder.Names(path).Count);
        }
    }

    [Fact]
    public void Open_LineCutAnywhere_IsMendedFromTheFile()
    {
        var ledger = _folder.Open();
        ledger.Append(LedgerTestFolder.Id(1), [1]);
        var start = (int)new FileInfo(_folder.Index).Length;
        ledger.Append(LedgerTestFolder.Id(2), [2]);
        var index = File.ReadAllBytes(_folder.Index);

        for (var length = start; length < index.Length; length++)
        {
            File.WriteAllBytes(_folder.Index, index[..length]);
            var again = _folder.Open();
            Assert.Equal(length == start ? 1 : 2, again.Findings.Count);
            Assert.Equal(index, File.ReadAllBytes(_folder.Index));
        }
    }

    [Fact]
    public void Append_FailureAtAnyStep_LeavesNothingBehindAndGoesOn()
    {
        foreach (var step in Enum.GetValues<LedgerStep>())
        {
            var ledger = _folder.Open();
            ledger.Append(LedgerTestFolder.Id(100 + (2 * (int)step)), [1]);
            var (names, index) = (LedgerTestFolder.Names(_folder.Path), File.ReadAllBytes(_folder.Index));
            _folder.After = at =>
            {
                if (at == step)
                    throw new IOException("No space left on device");
            };

            Assert.Throws<IOException>(() => ledger.Append(LedgerTestFolder.Id(101 + (2 * (int)step)), LedgerTestFolder.Content));

            _folder.After = null;
            Assert.Equal(names, LedgerTestFolder.Names(_folder.Path));
            Assert.Equal(index, File.ReadAllBytes(_folder.Index));
            Assert.False(ledger.IsUnsettled);
            ledger.Append(LedgerTestFolder.Id(101 + (2 * (int)step)), LedgerTestFolder.Content);
            Assert.Empty(_folder.Open().Findings);
        }
    }

    [Fact]
    public void Append_AsManyAsThereMayBe_MakesNone()
    {
        var ledger = _folder.Open();
        Assert.NotNull(ledger.Append(LedgerTestFolder.Id(1), [1], most: 1));
        var index = File.ReadAllBytes(_folder.Index);

        Assert.Null(ledger.Append(LedgerTestFolder.Id(2), [2], most: 1));

        Assert.Equal(2, LedgerTestFolder.Names(_folder.Path).Count);
        Assert.Equal(index, File.ReadAllBytes(_folder.Index));
        Assert.NotNull(ledger.Append(LedgerTestFolder.Id(2), [2], most: 2));
    }

    [Fact]
    public void Append_FolderGone_FailsAndMakesNone()
    {
        var ledger = _folder.Open();
        ledger.Append(LedgerTestFolder.Id(1), [1]);
        Directory.Delete(_folder.Path, recursive: true);

        Assert.Throws<LedgerException>(() => ledger.Append(LedgerTestFolder.Id(2), [2]));

        Assert.False(Directory.Exists(_folder.Path));
        Assert.Null(ledger.Find(LedgerTestFolder.Id(2)));
    }

    [Fact]
    public void Append_AnotherFolderInItsPlace_FailsAndWritesNothingThere()
    {
        var ledger = _folder.Open();
        ledger.Append(LedgerTestFolder.Id(1), [1]);
        Directory.Delete(_folder.Path, recursive: true);
        Directory.CreateDirectory(_folder.Path);

        Assert.Throws<LedgerException>(() => ledger.Append(LedgerTestFolder.Id(2), [2]));

        Assert.True(ledger.IsUnsettled);
        Assert.Empty(LedgerTestFolder.Names(_folder.Path));
    }

    [Fact]
    public void Open_IndexAlteredInAnyByte_IsFoundOut()
    {
        var ledger = _folder.Open();
        for (var i = 1; i <= 3; i++)
            ledger.Append(LedgerTestFolder.Id(i), [(byte)i]);
        var index = File.ReadAllBytes(_folder.Index);
        var lastLine = index.AsSpan(0, index.Length - 1).LastIndexOf((byte)'\n') + 1;

        for (var i = 0; i < index.Length - 1; i++)
        {
            var altered = index.ToArray();
            altered[i] ^= 1;
            File.WriteAllBytes(_folder.Index, altered);
            if (i < lastLine)
                Assert.Throws<LedgerException>(() => _folder.Open());
            else
                Assert.True(IsFoundOut(), $"byte {i}");
        }

        // In the last line another file's name or hash can stand: then that file is missed, or is not the one written.
        bool IsFoundOut()
        {
            try
            {
                var again = _folder.Open(isOurs: false);
                return again.Findings.Count > 0 || again.Page(long.MaxValue, 1).Any(entry => again.Read(entry) is null);
            }
            catch (LedgerException)
            {
                return true;
            }
        }
    }

    [Fact]
    public void Read_FileAlteredOrGone_GivesNothing()
    {
        var ledger = _folder.Open();
        var entry = ledger.Append(LedgerTestFolder.Id(1), LedgerTestFolder.Content)!;
        var file = _folder.FileOf(entry.Id);

        File.WriteAllBytes(file, [.. LedgerTestFolder.Content, (byte)' ']);
        Assert.Null(ledger.Read(entry));
        LedgerTestFolder.MakeTooLong(file);
        Assert.Null(ledger.Read(entry));
        File.Delete(file);
        Assert.Null(ledger.Read(entry));
        Assert.Contains($"the file of {entry.Id}", Assert.Single(_folder.Open().Findings), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileThatWasNotSignedHere_GetsNoLine()
    {
        _folder.Open().Append(LedgerTestFolder.Id(1), [1]);
        File.WriteAllBytes(Path.Combine(_folder.Path, LedgerTestFolder.Id(2) + ".json"), [2]);

        var ledger = _folder.Open(isOurs: false);

        Assert.Equal(1, ledger.Count);
        Assert.Contains("no bundle that was signed here", Assert.Single(ledger.Findings), StringComparison.Ordinal);
    }
}
