using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using X86 = System.Runtime.Intrinsics.X86;

namespace OpenEntropy.Drbg;

/// <summary>
/// Counter mode by the processor's AES instructions. They take the same time whatever the key and the data, and the key never leaves
/// the schedule the caller owns. Eight blocks are in flight: an AESENC takes about four cycles and two can start in each.
/// </summary>
internal sealed unsafe class IntrinsicAes256Counter : Aes256Counter
{
    private const int Lanes = 8;
    private const int Rounds = 14;

    /// <summary>Whether this processor has the instructions.</summary>
    public static bool IsSupported => X86.Aes.IsSupported && X86.Ssse3.IsSupported;

    /// <summary>FIPS 197, 5.2. AESENCLAST on four equal columns is SubWord of each, since ShiftRows then moves nothing.</summary>
    /// <param name="schedule">Key in, schedule out.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void ExpandKey(Span<byte> schedule)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(schedule.Length, ScheduleBytes, nameof(schedule));
        var lastWord = Vector128.Create(0x0F0E0D0Cu).AsByte();
        var lastWordRotated = Vector128.Create(0x0C0F0E0Du).AsByte();
        var roundConstant = Vector128.Create(1u);
        fixed (byte* keys = schedule)
        {
            var even = Vector128.Load(keys);
            var odd = Vector128.Load(keys + BlockBytes);
            for (var round = 2; round <= Rounds; round += 2)
            {
                // w[i] for i mod 8 = 0: SubWord(RotWord(w[i-1])) xor Rcon.
                even = Chain(even) ^ X86.Aes.EncryptLast(X86.Ssse3.Shuffle(odd, lastWordRotated), roundConstant.AsByte());
                even.Store(keys + BlockBytes * round);
                if (round == Rounds)
                    break;
                // w[i] for i mod 8 = 4: SubWord(w[i-1]).
                odd = Chain(odd) ^ X86.Aes.EncryptLast(X86.Ssse3.Shuffle(even, lastWord), Vector128<byte>.Zero);
                odd.Store(keys + BlockBytes * (round + 1));
                roundConstant <<= 1;
            }
        }
    }

    /// <inheritdoc/>
    protected override void FillFrom(ReadOnlySpan<byte> schedule, UInt128 v, Span<byte> output)
    {
        fixed (
            byte* keys = schedule,
                start = output
        )
        {
            var block = start;
            var end = start + output.Length;
            while (end - block >= Lanes * BlockBytes)
            {
                // The lanes' counters are made by 64-bit additions, which lose a carry. Where one is due, go block by block.
                var untilCarry = ulong.MaxValue - (ulong)v;
                var groups = Math.Min((ulong)(end - block) / (Lanes * BlockBytes), untilCarry / Lanes);
                if (groups > 0)
                    FillGroups(keys, v, block, groups);
                else
                {
                    groups = 1;
                    FillBlocks(keys, v, block, Lanes);
                }
                v = unchecked(v + groups * Lanes);
                block += groups * Lanes * BlockBytes;
            }
            FillBlocks(keys, v, block, (int)((end - block) / BlockBytes));
        }
    }

    // AggressiveOptimization, here and elsewhere: code compiled in a hurry first would make the first requests after a start many times slower.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillGroups(byte* keys, UInt128 v, byte* output, ulong groups)
    {
        var counter = Vector128.Create((ulong)v, (ulong)(v >> 64));
        for (; groups > 0; groups--)
        {
            var key = Vector128.Load(keys);
            var b0 = BigEndian(counter + Vector128.Create(1UL, 0)) ^ key;
            var b1 = BigEndian(counter + Vector128.Create(2UL, 0)) ^ key;
            var b2 = BigEndian(counter + Vector128.Create(3UL, 0)) ^ key;
            var b3 = BigEndian(counter + Vector128.Create(4UL, 0)) ^ key;
            var b4 = BigEndian(counter + Vector128.Create(5UL, 0)) ^ key;
            var b5 = BigEndian(counter + Vector128.Create(6UL, 0)) ^ key;
            var b6 = BigEndian(counter + Vector128.Create(7UL, 0)) ^ key;
            counter += Vector128.Create(8UL, 0);
            var b7 = BigEndian(counter) ^ key;
            for (var round = BlockBytes; round < Rounds * BlockBytes; round += BlockBytes)
            {
                key = Vector128.Load(keys + round);
                b0 = X86.Aes.Encrypt(b0, key);
                b1 = X86.Aes.Encrypt(b1, key);
                b2 = X86.Aes.Encrypt(b2, key);
                b3 = X86.Aes.Encrypt(b3, key);
                b4 = X86.Aes.Encrypt(b4, key);
                b5 = X86.Aes.Encrypt(b5, key);
                b6 = X86.Aes.Encrypt(b6, key);
                b7 = X86.Aes.Encrypt(b7, key);
            }
            key = Vector128.Load(keys + BlockBytes * Rounds);
            X86.Aes.EncryptLast(b0, key).Store(output);
            X86.Aes.EncryptLast(b1, key).Store(output + BlockBytes);
            X86.Aes.EncryptLast(b2, key).Store(output + 2 * BlockBytes);
            X86.Aes.EncryptLast(b3, key).Store(output + 3 * BlockBytes);
            X86.Aes.EncryptLast(b4, key).Store(output + 4 * BlockBytes);
            X86.Aes.EncryptLast(b5, key).Store(output + 5 * BlockBytes);
            X86.Aes.EncryptLast(b6, key).Store(output + 6 * BlockBytes);
            X86.Aes.EncryptLast(b7, key).Store(output + 7 * BlockBytes);
            output += Lanes * BlockBytes;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillBlocks(byte* keys, UInt128 v, byte* output, int blocks)
    {
        for (; blocks > 0; blocks--, output += BlockBytes)
        {
            unchecked
            {
                v++;
            }
            var block = BigEndian(Vector128.Create((ulong)v, (ulong)(v >> 64))) ^ Vector128.Load(keys);
            for (var round = 1; round < Rounds; round++)
                block = X86.Aes.Encrypt(block, Vector128.Load(keys + BlockBytes * round));
            X86.Aes.EncryptLast(block, Vector128.Load(keys + BlockBytes * Rounds)).Store(output);
        }
    }

    /// <summary>Each word becomes the XOR of itself and those before it: the w[i-8] terms of the four words of a round key.</summary>
    private static Vector128<byte> Chain(Vector128<byte> words)
    {
        words ^= X86.Sse2.ShiftLeftLogical128BitLane(words, 4);
        return words ^ X86.Sse2.ShiftLeftLogical128BitLane(words, 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> BigEndian(Vector128<ulong> counter) =>
        X86.Ssse3.Shuffle(counter.AsByte(), Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
}
