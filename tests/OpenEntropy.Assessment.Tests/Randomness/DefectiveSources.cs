using OpenEntropy.Assessment.Randomness;

namespace OpenEntropy.Assessment.Tests.Randomness;

/// <summary>Sequences that each have one thing wrong with them.</summary>
internal static class DefectiveSources
{
    private const int Bits = 1_000_000;

    public static BitSequence Of(string defect)
    {
        var generator = new SplitMix(11);
        return defect switch
        {
            "biased" or "sticky" or "period" or "one change" or "alternating" or "zeros" => BitSequence.FromBits(
                BitSources.Bits(defect, Bits, 3)
            ),
            "repeated rows" => Integers(32, (i, earlier, random) => i % 2 == 1 ? earlier : random),
            "shift register" => ShiftRegister(),
            "counter" => Integers(8, (i, _, _) => (ulong)i),
            "one byte too often" => Integers(8, (_, _, random) => random % 100 == 0 ? 0x5A : random >> 32),
            "sawtooth" => Integers(32, (i, _, random) => ((ulong)(i % 4) << 30) | (random & 0x3FFF_FFFF)),
            "ramp" => Integers(8, (i, _, random) => (ulong)(7 * i) + (random % 100 == 0 ? 1UL : 0)),
            "echo" => Echo(1, 37, 20),
            "echo of bytes" => Echo(8, 8 * 16, 10),
            "slow bytes" => Integers(8, (_, earlier, random) => random % 10 == 0 ? earlier : random >> 32),
            "coupled channels" => Integers(8, (i, earlier, random) => i % 2 == 1 && random % 10 == 0 ? earlier : random >> 32),
            "half range" => Integers(32, (_, _, random) => random & 0x7FFF_FFFF),
            "too many small" => Integers(32, (_, _, random) => random % 50 == 0 ? (random >> 40) & 0xFFFF : random >> 32),
            "too even" => Integers(32, (i, _, _) => (ulong)i * 0x9E3779B9),
            "coarse" => Integers(BirthdayWidth, (_, _, random) => random & 0xFFF_FFFF_F000),
            "four bits flipped" => Integers(8, (_, earlier, random) => earlier ^ Spread((byte)(random >> 32))),
            "narrow" => Integers(8, (_, _, random) => 64 + ((random >> 32) % 128)),
            _ => throw new ArgumentException("Unknown defect.", nameof(defect)),
        };

        BitSequence Integers(int width, Func<int, ulong, ulong, ulong> next)
        {
            var bits = new byte[Bits / width * width];
            var value = 0UL;
            for (var i = 0; i < bits.Length / width; i++)
            {
                value = next(i, value, generator.Next());
                for (var bit = 0; bit < width; bit++)
                    bits[(i * width) + bit] = (byte)((value >> (width - 1 - bit)) & 1);
            }

            return BitSequence.FromBits(bits);
        }

        // Every so many blocks of bits repeat those some bits earlier.
        BitSequence Echo(int block, int delay, int every)
        {
            var bits = BitSources.Bits("fair", Bits, 5);
            for (var start = delay; start < Bits - block; start += block)
            {
                if (generator.Next() % (ulong)every == 0)
                    bits.AsSpan(start - delay, block).CopyTo(bits.AsSpan(start));
            }

            return BitSequence.FromBits(bits);
        }
    }

    /// <summary>d of the birthday spacings of a million bits.</summary>
    private const int BirthdayWidth = 36;

    /// <summary>A byte of four ones, by one of 16 patterns.</summary>
    private static ulong Spread(byte random) => (ulong)(((random & 15) << 4) | (~random & 15));

    /// <summary>All states but 0 of x^16 + x^15 + x^13 + x^4 + 1 once.</summary>
    private static BitSequence ShiftRegister()
    {
        var bits = new byte[(1 << 16) - 1];
        var register = 1;
        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] = (byte)(register & 1);
            var feedback = (register ^ (register >> 1) ^ (register >> 3) ^ (register >> 12)) & 1;
            register = (register >> 1) | (feedback << 15);
        }

        return BitSequence.FromBits(bits);
    }
}
