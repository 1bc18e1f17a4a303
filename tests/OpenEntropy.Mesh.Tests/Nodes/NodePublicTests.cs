using OpenEntropy.Mesh.Frames;
using OpenEntropy.Mesh.Nodes;
using Xunit;

namespace OpenEntropy.Mesh.Tests.Nodes;

public sealed class NodePublicTests
{
    [Fact]
    public void Parse_OfItsLine_IsTheNode()
    {
        var node = NodePublic.Parse(Node.Ada.Public.Line);
        Assert.Equal(Node.Ada.Public.Id, node.Id);
        Assert.Equal(Node.Ada.Public.Line, node.Line);
        Assert.DoesNotContain('\n', node.Line);
    }

    [Fact]
    public void Parse_EveryCharacterChanged_IsRefused()
    {
        var line = Node.Ada.Public.Line;
        for (var at = 0; at < line.Length; at++)
        {
            var torn = line.ToCharArray();
            torn[at] = torn[at] == 'b' ? 'c' : 'b';
            Assert.NotEmpty(Assert.Throws<FrameFormatException>(() => NodePublic.Parse(new string(torn))).Field);
        }
    }

    [Theory]
    [InlineData("", "node")]
    [InlineData("openentropy-node-2:", "node")]
    [InlineData("openentropy-node-1:", "node.id")]
    public void Parse_NoLine_NamesWhatIsWrong(string line, string field) =>
        Assert.Equal(field, Assert.Throws<FrameFormatException>(() => NodePublic.Parse(line)).Field);

    [Fact]
    public void Parse_CutOrLonger_NamesTheKeys()
    {
        var line = Node.Ada.Public.Line;
        Assert.Equal("node.keys", Assert.Throws<FrameFormatException>(() => NodePublic.Parse(line[..^1])).Field);
        Assert.Equal("node.keys", Assert.Throws<FrameFormatException>(() => NodePublic.Parse(line + "=")).Field);
        Assert.Equal("node.keys", Assert.Throws<FrameFormatException>(() => NodePublic.Parse(line + "\n")).Field);
    }

    [Fact]
    public void FromBytes_KeysThatAreNone_AreRefused()
    {
        var keys = Node.Ada.Public.Encoded.ToArray();
        Assert.Throws<FrameFormatException>(() => NodePublic.FromBytes(keys.AsSpan(1)));
        var noPoint = keys.ToArray();
        noPoint[^1] ^= 1;
        Assert.Throws<FrameFormatException>(() => NodePublic.FromBytes(noPoint));
        var noKem = keys.ToArray();
        noKem.AsSpan(1952, 3).Fill(0xFF);
        Assert.Throws<FrameFormatException>(() => NodePublic.FromBytes(noKem));
    }
}
