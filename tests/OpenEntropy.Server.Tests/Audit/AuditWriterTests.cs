using OpenEntropy.Server.Audit;
using Xunit;

namespace OpenEntropy.Server.Tests.Audit;

/// <summary>The log on disk: what is appended is on the device or not there, whatever fails.</summary>
public sealed class AuditWriterTests : IDisposable
{
    private readonly AuditBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Append_OfSeveral_IsAChainThatAnotherProcessContinues()
    {
        using (var writer = _bench.Open())
        {
            Assert.Equal(1, writer.Append([AuditBench.Entry("a"), AuditBench.Entry("b")]));
            Assert.Equal(3, writer.Append([AuditBench.Entry("c")]));
            Assert.Equal(2, _bench.Disk.Syncs); // once for each append
        }

        using var next = _bench.Open();
        next.Open();

        Assert.Equal(3, next.Head.Sequence);
        Assert.Null(next.Found);
        Assert.Equal(4, next.Append([AuditBench.Entry("d")]));
        Assert.Equal(["a", "b", "c", "d"], _bench.Lines().Select(line => line.Entry.Subject));
        Assert.Equal((true, 4L, next.Head), (_bench.Verify().IsWhole, _bench.Verify().Entries, _bench.Verify().Head));
    }

    [Fact]
    public void Append_NoRoomAfterEachByte_LeavesNothingAndGoesOnWithRoom()
    {
        using var writer = _bench.Open();
        writer.Append([AuditBench.Entry("first")]);
        var file = Assert.Single(_bench.Files);
        var length = new FileInfo(file).Length;
        for (var room = 0; room < length; room++)
        {
            var before = writer.Head;
            _bench.Disk.Room = room;
            Assert.True(AuditDisk.IsFull(Assert.Throws<IOException>(() => writer.Append([AuditBench.Entry("fails")]))));
            Assert.Equal((before, length), (writer.Head, new FileInfo(file).Length));
        }

        _bench.Disk.Room = null;
        writer.Append([AuditBench.Entry("last")]);

        Assert.Equal(["first", "last"], _bench.Lines().Select(line => line.Entry.Subject));
        Assert.True(_bench.Verify().IsWhole);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Append_DeviceFails_TakesTheEntryBackOrReadsTheFileAnew(bool cannotCut)
    {
        using var writer = _bench.Open();
        writer.Append([AuditBench.Entry("first")]);
        (_bench.Disk.FailsToSync, _bench.Disk.FailsToCut) = (true, cannotCut);
        Assert.Throws<IOException>(() => writer.Append([AuditBench.Entry("fails")]));
        Assert.Equal(1, writer.Head.Sequence);

        (_bench.Disk.FailsToSync, _bench.Disk.FailsToCut) = (false, false);
        writer.Append([AuditBench.Entry("last")]);

        // What could not be cut off may be on the device: the entry of an act that was refused.
        string[] expected = cannotCut ? ["first", "fails", "last"] : ["first", "last"];
        Assert.Equal(expected, _bench.Lines().Select(line => line.Entry.Subject));
        Assert.True(_bench.Verify().IsWhole);
    }

    [Fact]
    public void Append_TornAndNotTakenBack_IsCutOffAndTold()
    {
        using var writer = _bench.Open();
        writer.Append([AuditBench.Entry("first")]);
        (_bench.Disk.Room, _bench.Disk.FailsToCut) = (100, true);
        Assert.Throws<IOException>(() => writer.Append([AuditBench.Entry("fails")]));
        (_bench.Disk.Room, _bench.Disk.FailsToCut) = (null, false);

        Assert.Equal(3, writer.Append([AuditBench.Entry("last")]));

        Assert.Equal(["source_retest", "log_cut", "source_retest"], _bench.Lines().Select(line => line.Entry.Act));
        Assert.Equal(100, _bench.Lines()[1].Entry.Bytes);
        Assert.Equal(100, writer.Found?.Torn);
    }

    [Fact]
    public void Append_FileIsFull_GoesOnInAnotherAndRemovesTheOldestByAnEntry()
    {
        (_bench.Options.MaximumFileBytes, _bench.Options.KeepFiles) = (1000, 2);

        _bench.Write(12);

        Assert.Equal(2, _bench.Files.Count);
        Assert.All(_bench.Files, file => Assert.InRange(new FileInfo(file).Length, 1, 1000));
        var found = _bench.Verify();
        var deleted = _bench.Lines().Where(line => line.Entry.Act == "log_delete").ToList();
        Assert.True(found.IsWhole);
        Assert.Equal(AuditFiles.FirstOf(_bench.Files[0]), found.First);
        Assert.True(found.First > 1);
        Assert.NotEmpty(deleted);
        Assert.All(deleted, line => Assert.False(File.Exists(Path.Combine(_bench.Folder, line.Entry.Subject!))));
        Assert.Equal("11", _bench.Lines().Last(line => line.Entry.Act == "source_retest").Entry.Subject);
    }

    [Fact]
    public void Append_OldestCannotBeRemoved_SaysSoAndGoesOn()
    {
        (_bench.Options.MaximumFileBytes, _bench.Options.KeepFiles) = (1000, 2);
        using var writer = _bench.Open();
        _bench.Disk.FailsToDelete = true;
        for (var i = 0; i < 12; i++)
        {
            writer.Append([AuditBench.Entry($"{i}")]);
        }

        Assert.NotNull(writer.KeptProblem);
        Assert.True(_bench.Files.Count > 2);
        Assert.True(_bench.Verify().IsWhole);
        _bench.Disk.FailsToDelete = false;
        for (var i = 0; i < 4; i++)
        {
            writer.Append([AuditBench.Entry($"{i}")]);
        }

        Assert.Null(writer.KeptProblem);
        Assert.Equal((2, true), (_bench.Files.Count, _bench.Verify().IsWhole));
    }

    [Theory]
    [InlineData("removed")]
    [InlineData("cut")]
    [InlineData("continued")]
    [InlineData("continued without an end")]
    [InlineData("replaced")]
    [InlineData("all removed")]
    public void Append_FileWasChangedMeanwhile_GoesOnInANewOneAndSaysSo(string how)
    {
        if (how == "replaced" && !OperatingSystem.IsLinux())
        {
            return; // inodes are looked at there alone
        }

        using var writer = _bench.Open();
        writer.Append([AuditBench.Entry("a"), AuditBench.Entry("b")]);
        var (file, head) = (Assert.Single(_bench.Files), writer.Head);
        switch (how)
        {
            case "removed":
                File.Delete(file);
                break;
            case "cut":
                File.WriteAllText(file, File.ReadAllLines(file)[0] + "\n");
                break;
            case "continued":
                File.AppendAllText(file, "x\n");
                break;
            case "continued without an end":
                File.AppendAllText(file, "x");
                break;
            case "replaced": // as sed -i does it, here in the same length
                File.WriteAllText(file + ".new", File.ReadAllText(file).Replace("\"b\"", "\"x\"", StringComparison.Ordinal));
                File.Move(file + ".new", file, overwrite: true);
                break;
            default:
                Directory.Delete(_bench.Folder, recursive: true);
                break;
        }

        writer.Append([AuditBench.Entry("c")]);
        writer.Append([AuditBench.Entry("d")]);

        var first = AuditLineReader.Read(AuditTail.FirstLine(_bench.Files[^1]))!;
        Assert.Equal(("log_damaged", Path.GetFileName(file), head.Hash), (first.Entry.Act, first.Entry.Subject, first.Previous));
        Assert.Equal(["c", "d"], _bench.Lines().TakeLast(2).Select(line => line.Entry.Subject));
        Assert.NotNull(writer.Found?.DamagedFile);
        Assert.Equal(how == "continued without an end", _bench.Verify().IsWhole); // that end was cut off
        Assert.Equal(how == "continued without an end" ? 1 : 0, _bench.Lines().Count(line => line.Entry.Act == "log_cut"));
    }

    [Fact]
    public void Open_AnotherProcessHasIt_IsRefused()
    {
        using var first = _bench.Open();
        first.Append([AuditBench.Entry("first")]);
        using (var second = _bench.Open())
        {
            var refusal = Assert.Throws<AuditException>(() => second.Append([AuditBench.Entry("second")]));
            Assert.Contains("in use by another process", refusal.Message, StringComparison.Ordinal);
        }

        first.Dispose();
        _bench.Write(1);

        Assert.Equal(["first", "0"], _bench.Lines().Select(line => line.Entry.Subject));
    }

    [Fact]
    public void Open_OthersCanGetAtIt_IsRefused()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // it has no modes
        }

        _bench.Write(1);
        File.SetUnixFileMode(
            _bench.Folder,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
        );
        using var writer = _bench.Open();

        Assert.Contains("chmod go-rwx", Assert.Throws<AuditException>(writer.Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Files_AreTheirOwnersAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // it has no modes
        }

        _bench.Write(1);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(_bench.Files)));
    }
}
