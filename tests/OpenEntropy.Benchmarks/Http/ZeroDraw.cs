using System.Buffers;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Benchmarks.Http;

/// <summary>Gives zeros as the generator gives its bytes: in place, as many at once, and never refuses.</summary>
internal sealed class ZeroDraw : IByteDraw
{
    private const int Piece = TransportMemory.LargeBlock;

    /// <inheritdoc/>
    public int ChunkLength => 65_536;

    /// <inheritdoc/>
    public bool TakesBlocks => false;

    /// <inheritdoc/>
    public bool WritesInPlace => true;

    /// <inheritdoc/>
    public int Unit => 1;

    /// <inheritdoc/>
    public ValueTask<EntropyRefusal?> FillAsync(Memory<byte> destination)
    {
        destination.Span.Clear();
        return default;
    }

    /// <inheritdoc/>
    public EntropyRefusal? TryWrite(IBufferWriter<byte> writer, int length)
    {
        while (length > 0)
        {
            var span = writer.GetSpan(Math.Min(length, Piece));
            var piece = Math.Min(span.Length, length);
            span[..piece].Clear();
            writer.Advance(piece);
            length -= piece;
        }

        return null;
    }

    /// <inheritdoc/>
    public ValueTask<EntropyRefusal?> FindRefusalAsync(long bytes) => default;

    /// <inheritdoc/>
    public RawOrigin? FindOrigin() => null;
}
