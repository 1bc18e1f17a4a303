using System.Buffers;

namespace OpenEntropy.Server.Randomness;

/// <summary>Gives a body its bytes, draw by draw.</summary>
internal interface IByteDraw
{
    /// <summary>The most bytes to draw for one chunk.</summary>
    public int ChunkLength { get; }

    /// <summary>Whether each draw takes seed blocks of its own.</summary>
    public bool TakesBlocks { get; }

    /// <summary>Whether <see cref="TryWrite"/> may be used.</summary>
    public bool WritesInPlace { get; }

    /// <summary>The fewest bytes that waste nothing of what a draw takes.</summary>
    public int Unit { get; }

    /// <summary>Fills a buffer with the next bytes.</summary>
    /// <param name="destination">Any length up to what the pool gives.</param>
    /// <returns>Null when filled, otherwise why not.</returns>
    public ValueTask<EntropyRefusal?> FillAsync(Memory<byte> destination);

    /// <summary>Writes the next bytes, made in the writer's own memory.</summary>
    /// <param name="writer">Receives them.</param>
    /// <param name="length">Up to <see cref="ChunkLength"/>.</param>
    /// <returns>Null when written, otherwise why not, and then nothing is.</returns>
    public EntropyRefusal? TryWrite(IBufferWriter<byte> writer, int length);

    /// <summary>Whether a draw would be refused as things stand, without drawing a byte, taking a block or waiting.</summary>
    /// <param name="bytes">Its length, at least 1.</param>
    /// <returns>Null when it would be filled.</returns>
    public ValueTask<EntropyRefusal?> FindRefusalAsync(long bytes);

    /// <summary>How the sources of raw samples stand now; null for other output.</summary>
    public RawOrigin? FindOrigin();
}
