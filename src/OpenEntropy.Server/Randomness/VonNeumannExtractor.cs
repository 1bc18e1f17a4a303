using System.Runtime.InteropServices;

namespace OpenEntropy.Server.Randomness;

/// <summary>
/// J. von Neumann's extractor ("Various techniques used in connection with random digits", 1951): of each pair of bits, 10 gives 1, 01 gives
/// 0, and 00 and 11 give nothing. Bits are taken from the most significant down, so a byte holds four pairs; output bits fill bytes the same
/// way. It removes the bias of independent bits, and nothing else: correlated bits stay correlated. Independent fair bits give a quarter.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct VonNeumannExtractor
{
    private int _partial;
    private int _partialBits;

    /// <summary>Extracts from the next samples of a stream. What is left over of a byte is kept for the next call.</summary>
    /// <param name="samples">Raw samples; those beyond what fills the destination are dropped.</param>
    /// <param name="destination">Receives whole bytes.</param>
    /// <returns>Bytes written.</returns>
    public int Extract(ReadOnlySpan<byte> samples, Span<byte> destination)
    {
        var written = 0;
        foreach (var sample in samples)
        {
            for (var shift = 6; shift >= 0; shift -= 2)
            {
                var pair = (sample >> shift) & 0b11;
                if (pair is 0b00 or 0b11)
                {
                    continue;
                }

                if (written == destination.Length)
                {
                    return written;
                }

                _partial = (_partial << 1) | (pair >> 1);
                if (++_partialBits == 8)
                {
                    destination[written++] = (byte)_partial;
                    (_partial, _partialBits) = (0, 0);
                }
            }
        }

        return written;
    }
}
