using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OpenEntropy.Server.Randomness;

/// <summary>The text of 0 to 999, each followed by a separator, ready to be stored with one write.</summary>
internal sealed class DecimalTable
{
    /// <summary>The longest text of a byte with its separator.</summary>
    public const int MaxByteText = 4;

    /// <summary>The longest text of a 16-bit number with its separator.</summary>
    public const int MaxWordText = 6;

    private const int Count = 1000;

    private readonly Entry[] _shortest = new Entry[Count];
    private readonly int[] _padded = new int[Count];
    private readonly DecimalLanes _lanes;

    /// <summary>A table whose texts end in a separator.</summary>
    /// <param name="separator">One ASCII character.</param>
    public DecimalTable(byte separator)
    {
        _lanes = new DecimalLanes(separator);
        Span<byte> text = stackalloc byte[4];
        for (var n = 0; n < Count; n++)
        {
            n.TryFormat(text, out _, "D3");
            text[3] = separator;
            _padded[n] = MemoryMarshal.Read<int>(text);

            n.TryFormat(text, out var digits);
            text[digits] = separator;
            _shortest[n] = new Entry(MemoryMarshal.Read<int>(text), digits + 1);
        }
    }

    /// <summary>Elements of a JSON array.</summary>
    public static DecimalTable Commas { get; } = new((byte)',');

    /// <summary>Lines of text.</summary>
    public static DecimalTable NewLines { get; } = new((byte)'\n');

    /// <summary>Writes every byte as a decimal number with its separator.</summary>
    /// <param name="bytes">The numbers.</param>
    /// <param name="text">At least <see cref="MaxByteText"/> bytes for each number.</param>
    /// <returns>The length of the text.</returns>
    public int WriteBytes(ReadOnlySpan<byte> bytes, Span<byte> text)
    {
        // References instead of spans: the bounds are checked here, once, and not for each of a body's many numbers.
        text = text[..(bytes.Length * MaxByteText)];
        var whole = Vector128.IsHardwareAccelerated ? bytes.Length / DecimalLanes.Step * DecimalLanes.Step : 0;
        nint position = _lanes.Write(bytes[..whole], text);
        bytes = bytes[whole..];
        ref var shortest = ref MemoryMarshal.GetArrayDataReference(_shortest);
        ref var start = ref MemoryMarshal.GetReference(text);
        foreach (var number in bytes)
        {
            var entry = Unsafe.Add(ref shortest, number);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref start, position), entry.Text);
            position += entry.Length;
        }

        return (int)position;
    }

    /// <summary>Writes every two bytes as the decimal of a big-endian number with its separator.</summary>
    /// <param name="bytes">The numbers; an even count of bytes.</param>
    /// <param name="text">At least <see cref="MaxWordText"/> bytes for each number.</param>
    /// <returns>The length of the text.</returns>
    public int WriteWords(ReadOnlySpan<byte> bytes, Span<byte> text)
    {
        text = text[..(bytes.Length / 2 * MaxWordText)];
        ref var shortest = ref MemoryMarshal.GetArrayDataReference(_shortest);
        ref var padded = ref MemoryMarshal.GetArrayDataReference(_padded);
        ref var start = ref MemoryMarshal.GetReference(text);
        nint position = 0;
        for (var i = 0; i + 1 < bytes.Length; i += 2)
        {
            var (thousands, rest) = Math.DivRem((uint)BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]), 1000);
            if (thousands != 0)
            {
                // The separator that follows the thousands is overwritten by the next store.
                var entry = Unsafe.Add(ref shortest, thousands);
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref start, position), entry.Text);
                position += entry.Length - 1;
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref start, position), Unsafe.Add(ref padded, rest));
                position += sizeof(int);
            }
            else
            {
                var entry = Unsafe.Add(ref shortest, rest);
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref start, position), entry.Text);
                position += entry.Length;
            }
        }

        return (int)position;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(int Text, int Length);
}
