namespace OpenEntropy.Http.Answers;

/// <summary>Reads a body. A read that takes too long, or an end of the connection in the middle, is an error and no end.</summary>
/// <param name="stream">The body; disposed with this.</param>
/// <param name="calls">Reads.</param>
/// <param name="cancellation">Ends every read.</param>
internal sealed class BodyReader(Stream stream, ServiceCalls calls, CancellationToken cancellation) : IAsyncDisposable
{
    /// <summary>Reads what there is.</summary>
    /// <param name="destination">At least one byte.</param>
    /// <returns>Bytes; 0 at the body's end.</returns>
    public ValueTask<int> ReadAsync(Memory<byte> destination) => calls.ReadAsync(stream, destination, cancellation);

    /// <summary>Reads until the destination is full or the body ends.</summary>
    /// <param name="destination">Any length.</param>
    /// <returns>Bytes.</returns>
    public async ValueTask<int> ReadToAsync(Memory<byte> destination)
    {
        var length = 0;
        while (length < destination.Length)
        {
            var count = await ReadAsync(destination[length..]);
            if (count == 0)
                break;
            length += count;
        }

        return length;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
