using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OpenEntropy.Server.Randomness;

/// <summary>
/// Random bytes as the text of array elements, each followed by its separator: a comma in JSON, a newline in lines.
/// 16-bit numbers and words are big-endian: the first of two bytes is the high one.
/// </summary>
/// <param name="type">The elements' type.</param>
/// <param name="elementBytes">Random bytes in an element.</param>
/// <param name="json">Whether strings are quoted and commas separate.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly struct ElementText(ElementType type, int elementBytes, bool json)
{
    private static readonly ushort[] s_digitPairs = MakeDigitPairs();
    private static readonly ushort s_quoteComma = MemoryMarshal.Read<ushort>("\","u8);

    /// <summary>Elements as a request asks for them.</summary>
    /// <param name="request">Its format is JSON or lines.</param>
    public static ElementText For(in RandomRequest request) => new(request.Type, request.ElementBytes, request.Format == BodyFormat.Json);

    /// <summary>Random bytes in an element.</summary>
    public int ElementBytes => elementBytes;

    /// <summary>The longest text of one element with its separator, bytes.</summary>
    public int MaxElementText =>
        type switch
        {
            ElementType.UInt8 => DecimalTable.MaxByteText,
            ElementType.UInt16 => DecimalTable.MaxWordText,
            _ => (2 * elementBytes) + (json ? 3 : 1),
        };

    /// <summary>Whether the text's length is known before its bytes are: digits of fixed number.</summary>
    public bool HasFixedLength => type is ElementType.Hex8 or ElementType.Hex16;

    /// <summary>The exact length of the text, separators included, bytes.</summary>
    /// <param name="bytes">Whole elements.</param>
    public long Measure(ReadOnlySpan<byte> bytes) =>
        type switch
        {
            ElementType.UInt8 => MeasureBytes(bytes),
            ElementType.UInt16 => MeasureWords(bytes),
            _ => (long)(bytes.Length / elementBytes) * MaxElementText,
        };

    /// <summary>Writes the text.</summary>
    /// <param name="bytes">Whole elements.</param>
    /// <param name="text">At least <see cref="MaxElementText"/> bytes for each.</param>
    /// <returns>The length of the text.</returns>
    public int Write(ReadOnlySpan<byte> bytes, Span<byte> text)
    {
        var decimals = json ? DecimalTable.Commas : DecimalTable.NewLines;
        return type switch
        {
            ElementType.UInt8 => decimals.WriteBytes(bytes, text),
            ElementType.UInt16 => decimals.WriteWords(bytes, text),
            _ => elementBytes < HexText.LeastBlock ? WriteShortBlocks(bytes, text) : HexText.WriteBlocks(bytes, elementBytes, json, text),
        };
    }

    private static long MeasureBytes(ReadOnlySpan<byte> bytes)
    {
        // One digit and the separator each, and a digit more from 10 and from 100 on.
        long length = 2L * bytes.Length;
        while (bytes.Length >= Vector256<byte>.Count)
        {
            var values = Vector256.Create(bytes);
            length += BitOperations.PopCount(Vector256.GreaterThanOrEqual(values, Vector256.Create((byte)10)).ExtractMostSignificantBits());
            length += BitOperations.PopCount(
                Vector256.GreaterThanOrEqual(values, Vector256.Create((byte)100)).ExtractMostSignificantBits()
            );
            bytes = bytes[Vector256<byte>.Count..];
        }

        foreach (var value in bytes)
        {
            length += (value >= 10 ? 1 : 0) + (value >= 100 ? 1 : 0);
        }

        return length;
    }

    private static long MeasureWords(ReadOnlySpan<byte> bytes)
    {
        long length = bytes.Length;
        for (var i = 0; i + 1 < bytes.Length; i += 2)
        {
            int value = BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]);
            length += (value >= 10 ? 1 : 0) + (value >= 100 ? 1 : 0) + (value >= 1000 ? 1 : 0) + (value >= 10_000 ? 1 : 0);
        }

        return length;
    }

    private int WriteShortBlocks(ReadOnlySpan<byte> bytes, Span<byte> text)
    {
        // References instead of spans: the bounds are checked here, once.
        text = text[..(bytes.Length / elementBytes * MaxElementText)];
        ref var pairs = ref MemoryMarshal.GetArrayDataReference(s_digitPairs);
        ref var next = ref MemoryMarshal.GetReference(text);
        var left = 0;
        foreach (var value in bytes)
        {
            if (json && left == 0)
            {
                next = (byte)'"';
                next = ref Unsafe.Add(ref next, 1);
            }

            left = left == 0 ? elementBytes - 1 : left - 1;
            Unsafe.WriteUnaligned(ref next, Unsafe.Add(ref pairs, value));
            next = ref Unsafe.Add(ref next, 2);
            if (left > 0)
            {
                continue;
            }

            if (json)
            {
                Unsafe.WriteUnaligned(ref next, s_quoteComma);
                next = ref Unsafe.Add(ref next, 2);
            }
            else
            {
                next = (byte)'\n';
                next = ref Unsafe.Add(ref next, 1);
            }
        }

        return text.Length;
    }

    private static ushort[] MakeDigitPairs()
    {
        var pairs = new ushort[256];
        Span<byte> text = stackalloc byte[2];
        for (var value = 0; value < pairs.Length; value++)
        {
            value.TryFormat(text, out _, "x2");
            pairs[value] = MemoryMarshal.Read<ushort>(text);
        }

        return pairs;
    }
}
