using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace OpenEntropy.Server.Hosting;

/// <summary>A response's body that counts what is written to it.</summary>
/// <param name="body">The body.</param>
internal sealed class CountedBody(IHttpResponseBodyFeature body) : PipeWriter, IHttpResponseBodyFeature
{
    private Stream? _stream;

    /// <summary>Bytes written so far.</summary>
    public long Bytes { get; private set; }

    /// <inheritdoc/>
    public Stream Stream => _stream ??= AsStream(leaveOpen: true);

    /// <inheritdoc/>
    public PipeWriter Writer => this;

    /// <inheritdoc/>
    public override bool CanGetUnflushedBytes => body.Writer.CanGetUnflushedBytes;

    /// <inheritdoc/>
    public override long UnflushedBytes => body.Writer.UnflushedBytes;

    /// <summary>Puts one in the place of a response's body.</summary>
    /// <param name="features">The response's.</param>
    public static CountedBody Put(IFeatureCollection features)
    {
        var counted = new CountedBody(features.GetRequiredFeature<IHttpResponseBodyFeature>());
        features.Set<IHttpResponseBodyFeature>(counted);
        return counted;
    }

    /// <summary>Puts the body back.</summary>
    /// <param name="features">The response's.</param>
    public void Remove(IFeatureCollection features) => features.Set(body);

    /// <inheritdoc/>
    public override void Advance(int bytes)
    {
        body.Writer.Advance(bytes);
        Bytes += bytes;
    }

    /// <inheritdoc/>
    public override Memory<byte> GetMemory(int sizeHint = 0) => body.Writer.GetMemory(sizeHint);

    /// <inheritdoc/>
    public override Span<byte> GetSpan(int sizeHint = 0) => body.Writer.GetSpan(sizeHint);

    /// <inheritdoc/>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        body.Writer.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        Bytes += source.Length;
        return body.Writer.WriteAsync(source, cancellationToken);
    }

    /// <inheritdoc/>
    public override void CancelPendingFlush() => body.Writer.CancelPendingFlush();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => body.Writer.Complete(exception);

    /// <inheritdoc/>
    public override ValueTask CompleteAsync(Exception? exception = null) => body.Writer.CompleteAsync(exception);

    /// <inheritdoc/>
    Task IHttpResponseBodyFeature.CompleteAsync() => body.CompleteAsync();

    /// <inheritdoc/>
    public void DisableBuffering() => body.DisableBuffering();

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken = default) => body.StartAsync(cancellationToken);

    /// <inheritdoc/>
    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);
}
