using System.Text;
using OpenEntropy.Server.Audit;
using Xunit;

namespace OpenEntropy.Server.Tests.Audit;

/// <summary>What an end of the process, of the machine, or somebody's hand leaves, and how the log goes on after it.</summary>
public sealed class AuditRecoveryTests : IDisposable
{
    private readonly AuditBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Open_CutAtEveryByte_KeepsEveryWholeEntryAndGoesOn()
    {
        _bench.Write(3);
        var file = Assert.Single(_bench.Files);
        var whole = File.ReadAllBytes(file);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(file, whole[..length]);
            var kept = whole[..length].Count(each => each == '\n');
            var torn = length - (Array.LastIndexOf(whole, (byte)'\n', Math.Max(0, length - 1), length) + 1);

            _bench.Write(1);

            var lines = _bench.Lines();
            var cut = torn > 0 ? 1 : 0;
            Assert.True(_bench.Verify().IsWhole, $"{length}");
            Assert.Equal((length, kept + cut + 1), (length, lines.Count));
            Assert.All(lines.Skip(kept).Take(cut), line => Assert.Equal(("log_cut", (long?)torn), (line.Entry.Act, line.Entry.Bytes)));
            Assert.Equal(Enumerable.Range(1, lines.Count), lines.Select(line => (int)line.Sequence));
            Assert.Equal(file, Assert.Single(_bench.Files));
        }
    }

    [Fact]
    public void Open_CutAtEveryByteOfASecondFile_GoesOnAfterTheFirst()
    {
        _bench.Options.MaximumFileBytes = 700;
        _bench.Write(3); // two in the first file
        Assert.Equal(2, _bench.Files.Count);
        var (first, second) = (File.ReadAllBytes(_bench.Files[0]), File.ReadAllBytes(_bench.Files[1]));
        foreach (var length in new[] { 0, 1, second.Length / 2, second.Length - 1 })
        {
            File.WriteAllBytes(_bench.Files[^1], second[..length]);

            _bench.Write(1);

            Assert.Equal(first, File.ReadAllBytes(_bench.Files[0]));
            Assert.Equal((true, length > 0 ? 4 : 3), (_bench.Verify().IsWhole, _bench.Lines().Count));
            _bench.Files.Skip(1).ToList().ForEach(File.Delete);
            File.WriteAllBytes(Path.Combine(_bench.Folder, AuditFiles.NameOf(3)), second);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Open_ALineWasChanged_LeavesTheFileAndGoesOnInANewOne(int number)
    {
        _bench.Write(4);
        var damaged = Change(number, line => line.Replace("source_retest", "source_resett", StringComparison.Ordinal));
        var before = File.ReadAllBytes(damaged);

        using (var writer = _bench.Open())
        {
            writer.Append([AuditBench.Entry("after")]);
            Assert.Contains(Path.GetFileName(damaged), Assert.Single(writer.FindDamaged()), StringComparison.Ordinal);
        }

        Assert.Equal(before, File.ReadAllBytes(damaged));
        var next = AuditTail.ReadAll(_bench.Files[^1]);
        var first = AuditLineReader.Read(AuditTail.FirstLine(_bench.Files[^1]))!;
        Assert.Equal(("log_damaged", Path.GetFileName(damaged)), (first.Entry.Act, first.Entry.Subject));
        Assert.Equal(GoodBefore(before, number), first.Previous);
        Assert.Equal(5, first.Sequence); // numbers that stand in the damaged file are not given again
        Assert.Empty(new AuditScanner(new AuditHead(4, first.Previous)).Read(next).Problems);

        // Told at the next start as well, which damages nothing further, until it is moved away.
        using (var again = _bench.Open())
        {
            again.Append([AuditBench.Entry("again")]);
            Assert.Single(again.FindDamaged());
            Assert.Equal(2, _bench.Files.Count);
            File.Delete(damaged);
            Assert.Empty(again.FindDamaged());
        }
    }

    [Fact]
    public void Verify_EveryChangedByte_IsFound()
    {
        _bench.Write(3);
        var file = Assert.Single(_bench.Files);
        var whole = File.ReadAllBytes(file);
        var last = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;
        for (var i = 0; i < whole.Length; i++)
        {
            var changed = whole.ToArray();
            changed[i] ^= 1;
            var problems = new AuditScanner(AuditHead.None).Read(changed).Problems;

            // A last entry that reads well may be another: nothing follows that would tell, but the head that was noted elsewhere.
            if (problems.Count == 0)
            {
                File.WriteAllBytes(file, changed);
                Assert.True(i >= last, $"byte {i}");
                Assert.False(_bench.Verify(AuditHead.After(3, whole.AsSpan(last)).Hash).IsWhole, $"byte {i}");
            }
        }
    }

    [Theory]
    [InlineData("1 2 4 5", 3, "Missing")]
    [InlineData("1 3 2 4 5", 2, "Missing")]
    [InlineData("1 2 2 3 4 5", 3, "Reordered")]
    [InlineData("1 2 1 3 4 5", 3, "Reordered")]
    [InlineData("1 2 3 3' 4 5", 4, "Reordered")]
    [InlineData("1 2 3' 4 5", 4, "Changed")]
    [InlineData("1 2 3 4 x 5", 5, "Changed")]
    [InlineData("1 2 3 4 5 t", 6, "Torn")]
    public void Verify_LinesInAnotherOrder_NamesTheFirstThatIsWrong(string order, int line, string kind)
    {
        _bench.Write(5);
        var file = Assert.Single(_bench.Files);
        var lines = File.ReadAllLines(file);
        var text = order
            .Split(' ')
            .Select(each =>
                each switch
                {
                    "x" => "{}\n",
                    "t" => "{\"sequence\":6",
                    "3'" => lines[2].Replace("\"count\":1", "\"count\":2", StringComparison.Ordinal) + "\n",
                    _ => lines[int.Parse(each) - 1] + "\n",
                }
            );
        File.WriteAllText(file, string.Concat(text));

        var found = _bench.Verify();

        Assert.False(found.IsWhole);
        Assert.Equal((line, kind), (found.Files[0].Problems[0].Line, $"{found.Files[0].Problems[0].Kind}"));
    }

    [Fact]
    public void Verify_EndTakenAway_ShowsOnlyAgainstTheHeadThatWasNoted()
    {
        _bench.Write(5);
        var head = _bench.Verify().Head;
        var file = Assert.Single(_bench.Files);
        var lines = File.ReadAllLines(file);
        Assert.True(_bench.Verify(head.Hash).IsWhole);

        File.WriteAllText(file, string.Concat(lines.Take(4).Select(line => line + "\n")));

        Assert.True(_bench.Verify().IsWhole);
        Assert.Equal((false, (bool?)false), (_bench.Verify(head.Hash).IsWhole, _bench.Verify(head.Hash).HasFrom));
    }

    [Fact]
    public void Verify_FrontTakenAway_IsMissingUnlessTheServiceDeletedIt()
    {
        (_bench.Options.MaximumFileBytes, _bench.Options.KeepFiles) = (1000, 4);
        _bench.Write(20);
        Assert.True(_bench.Verify().First > 1);
        Assert.True(_bench.Verify().IsWhole);

        File.Delete(_bench.Files[0]);

        var problem = Assert.Single(_bench.Verify().Files[0].Problems);
        Assert.Equal((1, AuditBreak.Missing), (problem.Line, problem.Kind));
        Assert.False(_bench.Verify().IsWhole);
        var first = AuditLineReader.Read(AuditTail.FirstLine(_bench.Files[0]))!;
        Assert.True(_bench.Verify(first.Previous).IsWhole); // who noted the one before knows where it goes on
    }

    [Fact]
    public void Verify_FileUnderAnothersName_IsTold()
    {
        _bench.Write(2);
        var file = Assert.Single(_bench.Files);
        File.Move(file, Path.Combine(_bench.Folder, AuditFiles.NameOf(2)));

        Assert.Equal(AuditBreak.Reordered, Assert.Single(_bench.Verify().Files[0].Problems).Kind);
    }

    [Fact]
    public void Open_FileWithoutAnyLineThatIsRead_IsLeftAndItsNameNotUsedAgain()
    {
        _bench.Write(1);
        var file = Assert.Single(_bench.Files);
        File.WriteAllText(file, "nothing\n");

        _bench.Write(1);

        Assert.Equal("nothing\n", File.ReadAllText(file));
        Assert.Equal(2, _bench.Files.Count);
        Assert.Equal(["log_damaged", "source_retest"], _bench.Lines().Select(line => line.Entry.Act));
    }

    private string Change(int number, Func<string, string> change)
    {
        var file = Assert.Single(_bench.Files);
        var lines = File.ReadAllLines(file);
        lines[number - 1] = change(lines[number - 1]);
        File.WriteAllText(file, string.Concat(lines.Select(line => line + "\n")));
        return file;
    }

    // The line that was changed reads well itself: it is the one after it that shows it, and the last good one is the changed.
    private static string GoodBefore(byte[] content, int number)
    {
        var lines = Encoding.ASCII.GetString(content).Split('\n');
        return AuditHead.After(number, Encoding.ASCII.GetBytes(lines[number - 1] + "\n")).Hash;
    }
}
