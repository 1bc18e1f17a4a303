using System.IO.Compression;

namespace OpenEntropy.Assessment.Randomness.Further;

/// <summary>
/// How many bits a compressor needs for a sequence, and what that says: a code whose words end themselves, as DEFLATE's and Brotli's do, satisfies
/// Kraft's inequality Σ 2^(−ℓ(x)) ≤ 1, so that among n independent, unbiased bits P(ℓ ≤ n − s) ≤ 2^(−s) for every s, whatever the code: the
/// lengths differ a little between versions of the compressors, the bound holds for each.
/// </summary>
/// <remarks>
/// M. Li, P. Vitányi, An Introduction to Kolmogorov Complexity and Its Applications, 2.4 and 4.3 (tests of randomness); Cover and Thomas, Elements
/// of Information Theory, 5.11.
/// </remarks>
internal static class CodeLength
{
    private const int BytesPerCheckpoint = 1 << 14;

    /// <summary>Bits of DEFLATE (RFC 1951), at its smallest size.</summary>
    public static long Deflate(ReadOnlySpan<byte> bytes, Checkpoint? checkpoint) =>
        Of(bytes, counter => new DeflateStream(counter, CompressionLevel.SmallestSize, leaveOpen: true), checkpoint);

    /// <summary>Bits of Brotli (RFC 7932), at quality 8: from 9 on it works on four times as much between two checkpoints.</summary>
    public static long Brotli(ReadOnlySpan<byte> bytes, Checkpoint? checkpoint) =>
        Of(bytes, counter => new BrotliStream(counter, new BrotliCompressionOptions { Quality = 8 }, leaveOpen: true), checkpoint);

    /// <summary>The upper bound of the probability that n bits are described in ℓ or fewer: 2^(ℓ − n), at most 1.</summary>
    /// <param name="described">ℓ, bits.</param>
    /// <param name="bits">n.</param>
    public static double PValue(long described, long bits) => Math.Min(1, Math.Pow(2, described - bits));

    private static long Of(ReadOnlySpan<byte> bytes, Func<Stream, Stream> compressor, Checkpoint? checkpoint)
    {
        using var counter = new ByteCounter();
        using (var stream = compressor(counter))
        {
            for (var start = 0; start < bytes.Length; start += BytesPerCheckpoint)
            {
                stream.Write(bytes.Slice(start, Math.Min(BytesPerCheckpoint, bytes.Length - start)));
                checkpoint?.Invoke();
            }
        }

        return 8 * counter.Length;
    }
}
