using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OpenEntropy.Server.Randomness;

/// <summary>The lower-case digits of blocks of eight bytes and more, sixteen bytes at a time.</summary>
internal static class HexText
{
    /// <summary>The shortest block.</summary>
    public const int LeastBlock = 8;

    // From the character that follows 9 to the first letter.
    private const byte ToLetters = (byte)('a' - '9' - 1);

    private static readonly ushort s_quoteComma = MemoryMarshal.Read<ushort>("\","u8);

    /// <summary>Writes every block as its digits and a separator.</summary>
    /// <param name="bytes">Whole blocks.</param>
    /// <param name="blockBytes">Bytes in a block, at least <see cref="LeastBlock"/>.</param>
    /// <param name="json">Whether the digits stand in quotes and a comma follows; otherwise a newline follows.</param>
    /// <param name="text">Two digits for each byte, and for each block three more characters in JSON, otherwise one.</param>
    /// <returns>The length of the text.</returns>
    public static int WriteBlocks(ReadOnlySpan<byte> bytes, int blockBytes, bool json, Span<byte> text)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blockBytes, LeastBlock);
        var count = bytes.Length / blockBytes;

        // References instead of spans: the bounds are checked here, once.
        text = text[..(count * ((2 * blockBytes) + (json ? 3 : 1)))];
        ref var block = ref MemoryMarshal.GetReference(bytes);
        ref var next = ref MemoryMarshal.GetReference(text);
        for (; count > 0; count--)
        {
            if (json)
            {
                next = (byte)'"';
                next = ref Unsafe.Add(ref next, 1);
            }

            WriteDigits(ref block, blockBytes, ref next);
            block = ref Unsafe.Add(ref block, blockBytes);
            next = ref Unsafe.Add(ref next, 2 * blockBytes);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteDigits(ref readonly byte bytes, int length, ref byte text)
    {
        // What is left at the end is written together with what stands before it once more.
        if (length < Vector128<byte>.Count)
        {
            Write8(in bytes, 0, ref text);
            Write8(in bytes, length - LeastBlock, ref text);
            return;
        }

        var i = 0;
        for (; i <= length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            Write16(in bytes, i, ref text);
        }

        if (length - i > LeastBlock)
        {
            Write16(in bytes, length - Vector128<byte>.Count, ref text);
        }
        else if (length > i)
        {
            Write8(in bytes, length - LeastBlock, ref text);
        }
    }

    // The high digit comes first: it is the low byte of each word, since vectors are little-endian.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write16(ref readonly byte bytes, int start, ref byte text)
    {
        var words = Vector256.WidenLower(Vector128.LoadUnsafe(in bytes, (nuint)start).ToVector256Unsafe());
        var nibbles = (((words >>> 4) | (words << 8)) & Vector256.Create((ushort)0x0F0F)).AsByte();
        var letters = Vector256.GreaterThan(nibbles.AsSByte(), Vector256.Create((sbyte)9)).AsByte() & Vector256.Create(ToLetters);
        (nibbles + Vector256.Create((byte)'0') + letters).StoreUnsafe(ref text, (nuint)(2 * start));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write8(ref readonly byte bytes, int start, ref byte text)
    {
        var eight = Unsafe.ReadUnaligned<ulong>(in Unsafe.Add(ref Unsafe.AsRef(in bytes), start));
        var words = Vector128.WidenLower(Vector128.CreateScalarUnsafe(eight).AsByte());
        var nibbles = (((words >>> 4) | (words << 8)) & Vector128.Create((ushort)0x0F0F)).AsByte();
        var letters = Vector128.GreaterThan(nibbles.AsSByte(), Vector128.Create((sbyte)9)).AsByte() & Vector128.Create(ToLetters);
        (nibbles + Vector128.Create((byte)'0') + letters).StoreUnsafe(ref text, (nuint)(2 * start));
    }
}
