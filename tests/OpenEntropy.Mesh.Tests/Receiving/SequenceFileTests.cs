using OpenEntropy.Mesh.Nodes;
using OpenEntropy.Mesh.Receiving;
using Xunit;

namespace OpenEntropy.Mesh.Tests.Receiving;

public sealed class SequenceFileTests
{
    private static readonly NodeId s_node = Node.Ada.Public.Id;

    [Fact]
    public void Write_ThenRead_GivesTheNumbers()
    {
        using var folder = new TemporaryFolder();
        var file = new SequenceFile(folder.Files, "numbers");
        Assert.Equal(0, file[s_node]);
        file.Write((s_node, 7), (Node.Bert.Public.Id, (1L << 53) - 1));
        file.Write((s_node, 9));
        var read = new SequenceFile(folder.Files, "numbers");
        Assert.Equal((9, (1L << 53) - 1), (read[s_node], read[Node.Bert.Public.Id]));
        Assert.Equal(2, folder.Flushes);
    }

    [Fact]
    public void Read_CutOrChangedAnywhere_IsRefused()
    {
        using var folder = new TemporaryFolder();
        new SequenceFile(folder.Files, "numbers").Write((s_node, 7));
        var whole = File.ReadAllBytes(folder["numbers"]);
        for (var at = 0; at < whole.Length; at++)
        {
            File.WriteAllBytes(folder["numbers"], whole[..at]);
            Assert.Throws<NodeStorageException>(() => new SequenceFile(folder.Files, "numbers"));
            var changed = whole.ToArray();
            changed[at] ^= 1;
            File.WriteAllBytes(folder["numbers"], changed);
            Assert.Throws<NodeStorageException>(() => new SequenceFile(folder.Files, "numbers"));
        }
    }

    [Fact]
    public void Next_OverEndsOfTheProcess_GivesNoNumberTwice()
    {
        using var folder = new TemporaryFolder();
        var given = new List<long>();
        for (var process = 0; process < 3; process++)
        {
            var sequence = new FrameSequence(folder.Files, s_node);
            for (var i = 0; i < FrameSequence.Range + 5; i++)
                given.Add(sequence.Next());
        }

        Assert.Equal(given.Order().Distinct(), given);
        Assert.Equal(6, folder.Flushes);
    }

    [Fact]
    public void Write_DirectoryGone_FailsAndKeepsTheNumbers()
    {
        var folder = new TemporaryFolder();
        var file = new SequenceFile(folder.Files, "numbers");
        file.Write((s_node, 7));
        folder.Dispose();
        Assert.ThrowsAny<IOException>(() => file.Write((s_node, 8)));
        Assert.Equal(7, file[s_node]);
    }
}
