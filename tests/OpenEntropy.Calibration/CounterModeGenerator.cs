using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OpenEntropy.Assessment.Randomness;

namespace OpenEntropy.Calibration;

/// <summary>
/// A good generator whose every sequence can be made again: AES-256 in counter mode under the key SHA-256(seed in decimal, ASCII). The first eight
/// bytes of the counter block are the number of the sequence, the last eight count its blocks, both big-endian from 0.
/// </summary>
internal sealed class CounterModeGenerator
{
    private const int BlockBytes = 16;

    private readonly byte[] _key;

    public CounterModeGenerator(ulong seed) => _key = SHA256.HashData(Encoding.ASCII.GetBytes(seed.ToString(CultureInfo.InvariantCulture)));

    /// <summary>A sequence; from any thread.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="length">Its bits.</param>
    public BitSequence Sequence(int number, int length)
    {
        var counters = new byte[(length + (8 * BlockBytes) - 1) / (8 * BlockBytes) * BlockBytes];
        for (var start = 0; start < counters.Length; start += BlockBytes)
        {
            BinaryPrimitives.WriteInt64BigEndian(counters.AsSpan(start), number);
            BinaryPrimitives.WriteInt64BigEndian(counters.AsSpan(start + 8), start / BlockBytes);
        }

        using var cipher = Aes.Create();
        cipher.Key = _key;
        return BitSequence.FromBytes(cipher.EncryptEcb(counters, PaddingMode.None)).Slice(0, length);
    }
}
