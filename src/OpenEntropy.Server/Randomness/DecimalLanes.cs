using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OpenEntropy.Server.Randomness;

/// <summary>
/// Bytes as decimals of one to three digits with a separator each, four at a time: all are written with three digits, and a shuffle that depends on
/// how many digits each of the four has closes the gaps.
/// </summary>
internal sealed class DecimalLanes
{
    /// <summary>Numbers that are written at a time.</summary>
    public const int Step = 16;

    private const int Group = 4;
    private const int TextBytes = 4; // three digits and the separator
    private const int Shapes = 1 << (2 * Group);

    private readonly Vector128<byte>[] _shuffles = new Vector128<byte>[Shapes];
    private readonly byte[] _lengths = new byte[Shapes];
    private readonly Vector256<ushort> _onesAndSeparator;

    /// <summary>Texts that end in a separator.</summary>
    /// <param name="separator">One ASCII character.</param>
    public DecimalLanes(byte separator)
    {
        _onesAndSeparator = Vector256.Create((ushort)('0' | (separator << 8)));
        Span<byte> shuffle = stackalloc byte[Vector128<byte>.Count];
        for (var shape = 0; shape < Shapes; shape++)
        {
            shuffle.Fill(byte.MaxValue); // gives 0, which the next group overwrites
            var length = 0;
            for (var number = 0; number < Group; number++)
            {
                var digits = 1 + ((shape >> number) & 1) + ((shape >> (Group + number)) & 1);
                for (var i = TextBytes - 1 - digits; i < TextBytes; i++)
                {
                    shuffle[length++] = (byte)((number * TextBytes) + i);
                }
            }

            _shuffles[shape] = Vector128.Create((ReadOnlySpan<byte>)shuffle);
            _lengths[shape] = (byte)length;
        }
    }

    /// <summary>Writes whole steps.</summary>
    /// <param name="bytes">A multiple of <see cref="Step"/> numbers.</param>
    /// <param name="text">At least <see cref="DecimalTable.MaxByteText"/> bytes for each number. What lies beyond the text may be overwritten.</param>
    /// <returns>The length of the text.</returns>
    public int Write(ReadOnlySpan<byte> bytes, Span<byte> text)
    {
        // References instead of spans: the bounds are checked here, once. A group is stored with 16 bytes, which is what four numbers may take.
        text = text[..(bytes.Length * DecimalTable.MaxByteText)];
        ref var start = ref MemoryMarshal.GetReference(text);
        ref var numbers = ref MemoryMarshal.GetReference(bytes);
        nint position = 0;
        for (nint i = 0; i < bytes.Length; i += Step)
        {
            var values = Vector128.LoadUnsafe(ref Unsafe.Add(ref numbers, i));
            var tens = Vector128.GreaterThan(values, Vector128.Create((byte)9)).ExtractMostSignificantBits();
            var hundreds = Vector128.GreaterThan(values, Vector128.Create((byte)99)).ExtractMostSignificantBits() << Group;
            var low = HundredsAndTens(Vector256.WidenLower(values.ToVector256Unsafe()), out var ones);
            var high = ones + _onesAndSeparator;

            var texts = Vector256.WidenLower(low) | (Vector256.WidenLower(high) << 16);
            position += Store(texts.GetLower(), (tens & 0xF) | (hundreds & 0xF0), ref Unsafe.Add(ref start, position));
            position += Store(texts.GetUpper(), ((tens >> 4) & 0xF) | ((hundreds >> 4) & 0xF0), ref Unsafe.Add(ref start, position));
            texts = Vector256.WidenUpper(low) | (Vector256.WidenUpper(high) << 16);
            position += Store(texts.GetLower(), ((tens >> 8) & 0xF) | ((hundreds >> 8) & 0xF0), ref Unsafe.Add(ref start, position));
            position += Store(texts.GetUpper(), (tens >> 12) | ((hundreds >> 12) & 0xF0), ref Unsafe.Add(ref start, position));
        }

        return (int)position;
    }

    // Divisions by multiplication: 41/4096 and 103/1024 give the quotients by 100 and 10 of all that a byte can hold.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> HundredsAndTens(Vector256<ushort> values, out Vector256<ushort> ones)
    {
        var hundreds = (values * Vector256.Create((ushort)41)) >>> 12;
        var rest = values - (hundreds * Vector256.Create((ushort)100));
        var tens = (rest * Vector256.Create((ushort)103)) >>> 10;
        ones = rest - (tens * Vector256.Create((ushort)10));
        return (hundreds | (tens << 8)) + Vector256.Create((ushort)0x3030);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private nint Store(Vector128<uint> texts, uint shape, ref byte target)
    {
        var shuffle = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_shuffles), (nint)shape);
        Vector128.ShuffleNative(texts.AsByte(), shuffle).StoreUnsafe(ref target);
        return Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_lengths), (nint)shape);
    }
}
