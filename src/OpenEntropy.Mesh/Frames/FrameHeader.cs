using System.Buffers.Binary;
using OpenEntropy.Mesh.Nodes;

namespace OpenEntropy.Mesh.Frames;

/// <summary>What of a frame can be read by anybody on its way. It is authenticated by the signature and bound to the encryption.</summary>
/// <param name="Sender">The node that made and signed the frame.</param>
/// <param name="Recipient">The one node that can open it.</param>
/// <param name="Sequence">1 to 2^53 − 1; a sender gives each number once.</param>
/// <param name="Time">The sender's clock, milliseconds since 1970-01-01 UTC.</param>
/// <param name="BodyBytes">Bytes of the encrypted part, without its tag.</param>
internal readonly record struct FrameHeader(NodeId Sender, NodeId Recipient, long Sequence, long Time, int BodyBytes)
{
    /// <summary>Reads the header of a whole frame. Its length is checked first, and of a well-formed one nothing but two ids is allocated.</summary>
    /// <param name="frame">Bytes from anywhere.</param>
    /// <exception cref="FrameFormatException">A field is out of its range, or the frame is longer or shorter than the header says.</exception>
    public static FrameHeader Read(ReadOnlySpan<byte> frame)
    {
        Require("frame", frame.Length, FrameLayout.MinimumBytes, FrameLayout.MaximumBytes, " bytes");
        if (!frame.StartsWith(FrameLayout.Magic))
            throw new FrameFormatException("magic", "is not OEMF");
        Require("version", frame[FrameLayout.VersionAt], FrameLayout.Version, FrameLayout.Version);
        Require("suite", frame[FrameLayout.SuiteAt], FrameLayout.Suite, FrameLayout.Suite);
        var body = BinaryPrimitives.ReadUInt16BigEndian(frame[FrameLayout.BodyLengthAt..]);
        Require("body_length", body, FrameLayout.MinimumBodyBytes, FrameLayout.MaximumBodyBytes);
        var whole = FrameLayout.AroundBodyBytes + body;
        Require("frame", frame.Length, whole, whole, " bytes, as body_length says");
        var sequence = BinaryPrimitives.ReadUInt64BigEndian(frame[FrameLayout.SequenceAt..]);
        Require("sequence", sequence, 1, FrameLayout.MaximumSequence);
        var time = BinaryPrimitives.ReadUInt64BigEndian(frame[FrameLayout.TimeAt..]);
        Require("time", time, 0, FrameLayout.MaximumTime);
        return new FrameHeader(
            NodeId.FromBytes(frame.Slice(FrameLayout.SenderAt, FrameLayout.IdBytes)),
            NodeId.FromBytes(frame.Slice(FrameLayout.RecipientAt, FrameLayout.IdBytes)),
            (long)sequence,
            (long)time,
            body
        );
    }

    /// <summary>Writes it.</summary>
    /// <param name="frame">Receives its bytes at the beginning.</param>
    public void Write(Span<byte> frame)
    {
        FrameLayout.Magic.CopyTo(frame);
        frame[FrameLayout.VersionAt] = FrameLayout.Version;
        frame[FrameLayout.SuiteAt] = FrameLayout.Suite;
        BinaryPrimitives.WriteUInt16BigEndian(frame[FrameLayout.BodyLengthAt..], (ushort)BodyBytes);
        Sender.Write(frame[FrameLayout.SenderAt..]);
        Recipient.Write(frame[FrameLayout.RecipientAt..]);
        BinaryPrimitives.WriteInt64BigEndian(frame[FrameLayout.SequenceAt..], Sequence);
        BinaryPrimitives.WriteInt64BigEndian(frame[FrameLayout.TimeAt..], Time);
    }

    private static void Require(string field, ulong value, long least, long most, string unit = "")
    {
        if (value < (ulong)least || value > (ulong)most)
            throw new FrameFormatException(field, $"is {(least == most ? $"{least}" : $"{least} to {most}")}{unit}, not {value}");
    }

    private static void Require(string field, int value, long least, long most, string unit = "") =>
        Require(field, (ulong)value, least, most, unit);
}
