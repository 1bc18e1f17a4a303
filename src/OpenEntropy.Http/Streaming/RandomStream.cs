using OpenEntropy.Http.Answers;

namespace OpenEntropy.Http.Streaming;

/// <summary>
/// The body of <c>/api/v1/stream</c>. It ends where all of a promised length has been read and nowhere else: an end before that, or any end of one
/// without a length, however the connection was closed, is a <see cref="ServiceAnswerException"/>.
/// </summary>
/// <param name="response">Its answer; disposed with this.</param>
/// <param name="calls">Reads.</param>
/// <param name="body">The body.</param>
/// <param name="length">Bytes; null: no end.</param>
internal sealed class RandomStream(HttpResponseMessage response, ServiceCalls calls, Stream body, long? length) : Stream
{
    private ServiceAnswerException? _fault;
    private bool _disposed;

    /// <summary>Bytes read so far.</summary>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => !_disposed;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_fault is not null)
            throw _fault; // what has ended badly once does not end well later
        if (buffer.IsEmpty)
            return 0;
        try
        {
            var count = await calls.ReadAsync(body, buffer, cancellationToken);
            Count += count;
            AnswerCheck.Expect(Count <= (length ?? long.MaxValue), $"more than {length} bytes came");
            AnswerCheck.Expect(
                count > 0 || Count == length,
                length is null ? "an endless stream ended" : $"{length} bytes were asked for, and {Count} came"
            );
            return count;
        }
        catch (ServiceAnswerException exception)
        {
            _fault = exception;
            System.Security.Cryptography.CryptographicOperations.ZeroMemory(buffer.Span);
            throw;
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            body.Dispose();
            response.Dispose();
        }

        base.Dispose(disposing);
    }
}
