using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using OpenEntropy.Pqc;

namespace OpenEntropy.Mesh.Frames;

/// <summary>The bytes of a frame's encrypted part before encryption; of each content there is one form.</summary>
internal static class FrameContentFormat
{
    private const uint NotAssessed = uint.MaxValue;
    private static readonly SearchValues<byte> s_name = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_.:-"u8);

    /// <summary>Bytes that a content takes.</summary>
    /// <param name="content">The content.</param>
    public static int LengthOf(FrameContent content) =>
        FrameLayout.ContentHeadBytes + content.Payload.Length + content.Sources.Sum(source => FrameLayout.SourceBytes + source.Name.Length);

    /// <summary>Writes a content.</summary>
    /// <param name="content">The content.</param>
    /// <returns>Its bytes, pinned, the caller's to zero.</returns>
    /// <exception cref="FrameFormatException">A field is out of its range: what is written here is read anywhere.</exception>
    public static byte[] Write(FrameContent content)
    {
        RequireCount(content.Sources.Count);
        RequirePayload(content.Payload.Length);
        if (content.Sources.Any(source => source.Name.Length is 0 or > FrameLayout.MaximumNameBytes))
            throw new FrameFormatException("source.name", $"has 1 to {FrameLayout.MaximumNameBytes} bytes");
        if (content.Sources.Any(source => source.Assessed < 0)) // -1 would read as not assessed
            throw new FrameFormatException("source.assessed", $"is 0 to {FrameSource.MaximumMicrobits} millionths of a bit");
        var bytes = SecretArray.Of<byte>(LengthOf(content));
        bytes[0] = (byte)content.Health;
        bytes[1] = (byte)content.Sources.Count;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)content.Payload.Length);
        content.Payload.CopyTo(bytes.AsSpan(FrameLayout.ContentHeadBytes));
        var rest = bytes.AsSpan(FrameLayout.ContentHeadBytes + content.Payload.Length);
        foreach (var source in content.Sources)
        {
            rest[0] = (byte)source.Name.Length;
            Encoding.Latin1.GetBytes(source.Name, rest[1..]);
            rest = rest[(1 + source.Name.Length)..];
            rest[0] = source.Earns ? (byte)1 : (byte)0;
            BinaryPrimitives.WriteInt32BigEndian(rest[1..], source.Claimed);
            BinaryPrimitives.WriteUInt32BigEndian(rest[5..], source.Assessed is { } assessed ? (uint)assessed : NotAssessed);
            rest = rest[9..];
        }

        try
        {
            Read(bytes).Dispose();
            return bytes;
        }
        catch
        {
            SecretArray.Zero(bytes);
            throw;
        }
    }

    /// <summary>Reads a content.</summary>
    /// <param name="bytes">All of it, and nothing after it.</param>
    /// <returns>The content, the caller's to dispose of.</returns>
    /// <exception cref="FrameFormatException">A field is out of its range, or bytes are missing or left.</exception>
    public static FrameContent Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is < FrameLayout.MinimumBodyBytes or > FrameLayout.MaximumBodyBytes)
            throw new FrameFormatException(
                "body",
                $"has {FrameLayout.MinimumBodyBytes} to {FrameLayout.MaximumBodyBytes} bytes, not {bytes.Length}"
            );
        var health = bytes[0];
        if (health > (byte)FrameHealth.Unhealthy)
            throw new FrameFormatException("health", $"is 0 to {(byte)FrameHealth.Unhealthy}, not {health}");
        RequireCount(bytes[1]);
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        RequirePayload(length);
        if (bytes.Length < FrameLayout.ContentHeadBytes + length)
            throw new FrameFormatException("payload", $"ends after {bytes.Length - FrameLayout.ContentHeadBytes} of {length} bytes");
        var sources = ReadSources(bytes[(FrameLayout.ContentHeadBytes + length)..], bytes[1]);
        return new FrameContent((FrameHealth)health, sources, SecretArray.CopyOf<byte>(bytes.Slice(FrameLayout.ContentHeadBytes, length)));
    }

    private static FrameSource[] ReadSources(ReadOnlySpan<byte> rest, int count)
    {
        var sources = new FrameSource[count];
        for (var i = 0; i < count; i++)
        {
            sources[i] = ReadSource(ref rest);
            if (i > 0 && string.CompareOrdinal(sources[i - 1].Name, sources[i].Name) >= 0)
                throw new FrameFormatException("source.name", "stands in ascending order, each name once");
        }

        return rest.IsEmpty ? sources : throw new FrameFormatException("body", $"has {rest.Length} bytes after its last source");
    }

    private static FrameSource ReadSource(ref ReadOnlySpan<byte> rest)
    {
        var length = rest.IsEmpty ? 0 : rest[0];
        if (length is 0 or > FrameLayout.MaximumNameBytes)
            throw new FrameFormatException("source.name", $"has 1 to {FrameLayout.MaximumNameBytes} bytes, not {length}");
        if (rest.Length < FrameLayout.SourceBytes + length)
            throw new FrameFormatException("source", $"ends after {rest.Length} of {FrameLayout.SourceBytes + length} bytes");
        var name = rest.Slice(1, length);
        if (name.ContainsAnyExcept(s_name))
            throw new FrameFormatException("source.name", "is of a to z, 0 to 9 and _ . : -");
        var fields = rest[(1 + length)..];
        rest = fields[9..];
        if (fields[0] > 1)
            throw new FrameFormatException("source.earns", $"is 0 or 1, not {fields[0]}");
        var claimed = BinaryPrimitives.ReadUInt32BigEndian(fields[1..]);
        var assessed = BinaryPrimitives.ReadUInt32BigEndian(fields[5..]);
        RequireMicrobits("source.claimed", claimed);
        if (assessed != NotAssessed)
            RequireMicrobits("source.assessed", assessed);
        return new FrameSource(
            Encoding.Latin1.GetString(name),
            fields[0] == 1,
            (int)claimed,
            assessed == NotAssessed ? null : (int)assessed
        );
    }

    private static void RequireCount(int count)
    {
        if (count > FrameLayout.MaximumSources)
            throw new FrameFormatException("sources", $"are 0 to {FrameLayout.MaximumSources}, not {count}");
    }

    private static void RequirePayload(int length)
    {
        if (!FrameLayout.IsPayloadLength(length))
            throw new FrameFormatException("payload_length", $"is 32, 64, 128, 256, 512 or 1024, not {length}");
    }

    private static void RequireMicrobits(string field, uint value)
    {
        if (value > FrameSource.MaximumMicrobits)
            throw new FrameFormatException(field, $"is 0 to {FrameSource.MaximumMicrobits} millionths of a bit, not {value}");
    }
}
