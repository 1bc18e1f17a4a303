using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OpenEntropy.Pqc.MlDsa;

/// <summary>Coefficients as bytes: FIPS 204, 7.1. The time depends on the widths alone.</summary>
internal static class BitPacking
{
    /// <summary>Bytes of a packed polynomial.</summary>
    /// <param name="width">Bits of a coefficient.</param>
    public static int Bytes(int width) => NumberTheoreticTransform.Size / 8 * width;

    /// <summary>Algorithm 16, SimpleBitPack.</summary>
    /// <param name="polynomial">256 coefficients of at most <paramref name="width"/> bits, none negative.</param>
    /// <param name="width">Bits of a coefficient, at most 20.</param>
    /// <param name="target"><see cref="Bytes"/> bytes.</param>
    public static void Pack(ReadOnlySpan<int> polynomial, int width, Span<byte> target) => Pack(polynomial, 0, 1, width, target);

    /// <summary>Algorithm 17, BitPack: the distance of each coefficient from the upper bound.</summary>
    /// <param name="polynomial">256 coefficients of at most <paramref name="upper"/>.</param>
    /// <param name="upper">The bound b.</param>
    /// <param name="width">Bits of a distance, at most 20.</param>
    /// <param name="target"><see cref="Bytes"/> bytes.</param>
    public static void PackBelow(ReadOnlySpan<int> polynomial, int upper, int width, Span<byte> target) =>
        Pack(polynomial, upper, -1, width, target);

    /// <summary>Algorithm 18, SimpleBitUnpack.</summary>
    /// <param name="source"><see cref="Bytes"/> bytes.</param>
    /// <param name="width">Bits of a coefficient, at most 20.</param>
    /// <param name="polynomial">256 coefficients.</param>
    public static void Unpack(ReadOnlySpan<byte> source, int width, Span<int> polynomial) => Unpack(source, 0, 1, width, polynomial);

    /// <summary>Algorithm 19, BitUnpack.</summary>
    /// <param name="source"><see cref="Bytes"/> bytes.</param>
    /// <param name="upper">The bound b.</param>
    /// <param name="width">Bits of a distance, at most 20.</param>
    /// <param name="polynomial">256 coefficients, from <paramref name="upper"/> - 2^<paramref name="width"/> + 1 to <paramref name="upper"/>.</param>
    public static void UnpackBelow(ReadOnlySpan<byte> source, int upper, int width, Span<int> polynomial) =>
        Unpack(source, upper, -1, width, polynomial);

    private static void Pack(ReadOnlySpan<int> polynomial, int origin, int sign, int width, Span<byte> target)
    {
        var words = MemoryMarshal.Cast<byte, uint>(target[..Bytes(width)]); // 8·width words of 32 bits
        var (buffer, bits, at) = (0UL, 0, 0);
        foreach (var coefficient in polynomial[..NumberTheoreticTransform.Size])
        {
            buffer |= (ulong)(uint)(origin + (sign * coefficient)) << bits;
            bits += width;
            if (bits < 32)
                continue;
            words[at++] = BitConverter.IsLittleEndian ? (uint)buffer : BinaryPrimitives.ReverseEndianness((uint)buffer);
            buffer >>= 32;
            bits -= 32;
        }
    }

    private static void Unpack(ReadOnlySpan<byte> source, int origin, int sign, int width, Span<int> polynomial)
    {
        var words = MemoryMarshal.Cast<byte, uint>(source[..Bytes(width)]);
        var mask = (1U << width) - 1;
        var (buffer, bits, at) = (0UL, 0, 0);
        foreach (ref var coefficient in polynomial[..NumberTheoreticTransform.Size])
        {
            if (bits < width)
            {
                var word = words[at++];
                buffer |= (ulong)(BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word)) << bits;
                bits += 32;
            }

            coefficient = origin + (sign * (int)((uint)buffer & mask));
            buffer >>= width;
            bits -= width;
        }
    }
}
