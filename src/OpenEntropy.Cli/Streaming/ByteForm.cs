using System.Buffers.Text;

namespace OpenEntropy.Cli.Streaming;

/// <summary>How bytes are written.</summary>
internal enum ByteForm
{
    /// <summary>As they are.</summary>
    Raw,

    /// <summary>Two lower-case digits a byte.</summary>
    Hex,

    /// <summary>RFC 4648, 4, one text without line breaks, padded at its end alone.</summary>
    Base64,
}

/// <summary>Writes bytes in a form.</summary>
internal static class ByteForms
{
    private const int Quantum = 3;

    /// <summary>The most bytes, up to a number, that can be written without an end: base64 has no end within a quantum of three.</summary>
    public static int Whole(ByteForm form, int bytes) => form == ByteForm.Base64 ? Math.Max(Quantum, bytes / Quantum * Quantum) : bytes;

    /// <summary>Bytes that a number of bytes becomes.</summary>
    public static int Length(ByteForm form, int bytes) =>
        form switch
        {
            ByteForm.Hex => 2 * bytes,
            ByteForm.Base64 => Base64.GetMaxEncodedToUtf8Length(bytes),
            _ => 0,
        };

    /// <summary>The bytes in that form.</summary>
    /// <param name="form">The form.</param>
    /// <param name="bytes">Whole quanta, but at the end.</param>
    /// <param name="text">As long as <see cref="Length"/> says.</param>
    public static ReadOnlySpan<byte> Write(ByteForm form, ReadOnlySpan<byte> bytes, Span<byte> text)
    {
        var length = 0;
        switch (form)
        {
            case ByteForm.Hex:
                _ = Convert.TryToHexStringLower(bytes, text, out length);
                return text[..length];
            case ByteForm.Base64:
                _ = Base64.EncodeToUtf8(bytes, text, out _, out length);
                return text[..length];
            default:
                return bytes;
        }
    }
}
