using OpenEntropy.Mesh.Frames;
using OpenEntropy.Mesh.Nodes;
using OpenEntropy.Pqc.Tests.Bundles;

namespace OpenEntropy.Fuzz.Parsers.Targets;

/// <summary>Frames of other nodes, what is encrypted in them, and the lines they are configured with.</summary>
internal static class FrameTargets
{
    private static readonly NodeIdentity s_sender = NodeIdentity.FromSecret(NodeIdentity.GenerateSecret(BundleMaker.Random(21)));
    private static readonly NodeIdentity s_recipient = NodeIdentity.FromSecret(NodeIdentity.GenerateSecret(BundleMaker.Random(22)));
    private static readonly FrameContent s_content = new(
        FrameHealth.Healthy,
        [new("clock_jitter", true, 333_333, 2_700_000), new("usb:0", false, 0, null)],
        new byte[32]
    );

    private static readonly byte[] s_frame = FrameSealer.Seal(
        s_sender,
        s_recipient.Public,
        7,
        DateTimeOffset.UnixEpoch,
        s_content,
        BundleMaker.Random(23)
    );

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ParserTarget> All { get; } =
    [
        new("frame", ReadFrame, s_frame)
        {
            Refusals = [typeof(FrameFormatException)],
            Cost = 20,
            MostMemory = 1 << 20,
        },
        new("frame_content", ReadContent, FrameContentFormat.Write(s_content))
        {
            Refusals = [typeof(FrameFormatException)],
            MostMemory = 1 << 20,
        },
        new("node_line", ReadLine, s_sender.Public.Line)
        {
            Refusals = [typeof(FrameFormatException)],
            Pieces = [NodePublic.Prefix, "openentropy-node-2:", s_recipient.Public.Id.Hex],
            Cost = 5,
        },
    ];

    private static void ReadFrame(byte[] bytes)
    {
        _ = FrameHeader.Read(bytes);
        var whole = bytes.AsSpan().SequenceEqual(s_frame);
        BrokenRuleException.Unless(FrameOpener.IsSigned(bytes, s_sender.Public) == whole, "a torn frame verifies, or a whole one does not");
    }

    private static void ReadContent(byte[] bytes)
    {
        using var content = FrameContentFormat.Read(bytes);
        BrokenRuleException.Unless(FrameContentFormat.Write(content).AsSpan().SequenceEqual(bytes), "a content has two forms");
    }

    private static void ReadLine(string line)
    {
        var node = NodePublic.Parse(line);
        BrokenRuleException.Unless(node.Line == line, "a line is written otherwise than it was read");
        BrokenRuleException.Unless(node.Id == s_sender.Public.Id, "another node came out");
    }
}
