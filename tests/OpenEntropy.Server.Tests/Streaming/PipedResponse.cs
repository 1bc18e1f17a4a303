using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OpenEntropy.Server.Tests.Streaming;

/// <summary>A response into a pipe that takes 64 KiB, as a connection's does, and whose client reads when the test says so.</summary>
internal sealed class PipedResponse : HttpResponseFeature, IHttpResponseBodyFeature, IHttpRequestLifetimeFeature, IDisposable
{
    private readonly Pipe _pipe = new(
        new PipeOptions(
            readerScheduler: PipeScheduler.Inline,
            writerScheduler: PipeScheduler.Inline,
            pauseWriterThreshold: 65_536,
            resumeWriterThreshold: 32_768,
            useSynchronizationContext: false
        )
    );
    private readonly CancellationTokenSource _gone = new();
    private bool _started;

    public PipedResponse()
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature());
        features.Set<IHttpResponseFeature>(this);
        features.Set<IHttpResponseBodyFeature>(this);
        features.Set<IHttpRequestLifetimeFeature>(this);
        Context = new DefaultHttpContext(features);
    }

    public HttpContext Context { get; }

    /// <summary>Whether the service broke the connection off.</summary>
    public bool IsAborted { get; private set; }

    public override bool HasStarted => _started;

    public Stream Stream => _pipe.Writer.AsStream();

    public PipeWriter Writer => _pipe.Writer;

    public CancellationToken RequestAborted
    {
        get => _gone.Token;
        set => throw new NotSupportedException();
    }

    /// <summary>Bytes that were sent and not read.</summary>
    public long Unread
    {
        get
        {
            if (!_pipe.Reader.TryRead(out var read))
            {
                return 0;
            }

            var length = read.Buffer.Length;
            _pipe.Reader.AdvanceTo(read.Buffer.Start);
            return length;
        }
    }

    /// <summary>Reads all there is.</summary>
    public byte[] ReadAvailable()
    {
        if (!_pipe.Reader.TryRead(out var read))
        {
            return [];
        }

        var bytes = System.Buffers.BuffersExtensions.ToArray(read.Buffer);
        _pipe.Reader.AdvanceTo(read.Buffer.End);
        return bytes;
    }

    /// <summary>The connection is closed, and the request does not know it yet.</summary>
    public void Close() => _pipe.Reader.Complete();

    /// <summary>The client goes away.</summary>
    public void HangUp() => _gone.Cancel();

    public void Abort()
    {
        IsAborted = true;
        _gone.Cancel();
    }

    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        _started = true;
        return Task.CompletedTask;
    }

    public void DisableBuffering() { }

    public Task CompleteAsync() => Task.CompletedTask;

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public void Dispose() => _gone.Dispose();
}
