using System.Buffers.Binary;

namespace OpenEntropy.Drbg;

/// <summary>
/// AES-256 (FIPS 197) on consecutive values of a 128-bit counter, as SP 800-90A Rev. 1, 10.2.1 needs it: ctr_len = blocklen = 128,
/// so a carry runs through all 16 bytes of V and wraps at 2^128. Two ways give identical bytes; neither keeps a key between calls.
/// </summary>
internal abstract class Aes256Counter
{
    /// <summary>Bytes in a key (keylen = 256 bits).</summary>
    public const int KeyBytes = 32;

    /// <summary>Bytes in a block and in V (blocklen = outlen = 128 bits).</summary>
    public const int BlockBytes = 16;

    /// <summary>Bytes in a key schedule: 15 round keys, of which the first two are the key itself (FIPS 197, 5.2).</summary>
    public const int ScheduleBytes = 15 * BlockBytes;

    /// <summary>The fastest way this processor has.</summary>
    public static Aes256Counter Fastest { get; } =
        IntrinsicAes256Counter.IsSupported ? new IntrinsicAes256Counter() : new PlatformAes256Counter();

    /// <summary>Makes the key at the head of a schedule ready for use: call it whenever those 32 bytes change.</summary>
    /// <param name="schedule"><see cref="ScheduleBytes"/> bytes, of which the first <see cref="KeyBytes"/> are the key; the rest is overwritten.</param>
    public abstract void ExpandKey(Span<byte> schedule);

    /// <summary>For each block of the output: V = (V + 1) mod 2^128, then block = Block_Encrypt(Key, V).</summary>
    /// <param name="schedule">From <see cref="ExpandKey"/>.</param>
    /// <param name="v">V, 16 bytes big-endian; left at the value of the last block.</param>
    /// <param name="output">Whole blocks: a multiple of 16 bytes. May not overlap the others.</param>
    /// <exception cref="ArgumentException">A length is not as described.</exception>
    public void Fill(ReadOnlySpan<byte> schedule, Span<byte> v, Span<byte> output)
    {
        if (schedule.Length != ScheduleBytes)
            throw new ArgumentException($"A key schedule has {ScheduleBytes} bytes, not {schedule.Length}.", nameof(schedule));
        if (v.Length != BlockBytes)
            throw new ArgumentException($"V has {BlockBytes} bytes, not {v.Length}.", nameof(v));
        if (output.Length % BlockBytes != 0)
            throw new ArgumentException(
                $"The output must be whole blocks of {BlockBytes} bytes, not {output.Length} bytes.",
                nameof(output)
            );
        if (output.IsEmpty)
            return;
        var first = BinaryPrimitives.ReadUInt128BigEndian(v);
        // V moves on before anything is encrypted, so that a failure on the way cannot make a later call repeat these blocks.
        BinaryPrimitives.WriteUInt128BigEndian(v, unchecked(first + (UInt128)(output.Length / BlockBytes)));
        FillFrom(schedule, first, output);
    }

    /// <summary>Block i of the output (from 0) = Block_Encrypt(Key, (v + 1 + i) mod 2^128).</summary>
    /// <param name="schedule">From <see cref="ExpandKey"/>.</param>
    /// <param name="v">V before the first block.</param>
    /// <param name="output">Whole blocks.</param>
    protected abstract void FillFrom(ReadOnlySpan<byte> schedule, UInt128 v, Span<byte> output);
}
