using System.IO.Pipelines;

namespace OpenEntropy.Server.Randomness;

/// <summary>
/// Sends what was written of a body, and finds whether its client is still there. Of one that is gone the writer may know before the web server's
/// request does, which takes a body that ends before its length for a fault of the service until it knows as well.
/// </summary>
internal static class ClientFlush
{
    // The connection is closed already when the writer says so: that reaches its request within milliseconds.
    private static readonly TimeSpan s_mostWait = TimeSpan.FromSeconds(5);

    /// <summary>Sends what stands in the body's writer, at the client's pace.</summary>
    /// <param name="response">It has started.</param>
    /// <returns>False where the client is gone.</returns>
    /// <exception cref="OperationCanceledException">The client is gone, and was before.</exception>
    public static ValueTask<bool> SendAsync(HttpResponse response) => SendAsync(response, ReadOnlyMemory<byte>.Empty);

    /// <summary>Writes bytes and sends them, at the client's pace.</summary>
    /// <param name="response">It has started.</param>
    /// <param name="bytes">The bytes.</param>
    /// <returns>False where the client is gone.</returns>
    /// <exception cref="OperationCanceledException">The client is gone, and was before.</exception>
    public static ValueTask<bool> SendAsync(HttpResponse response, ReadOnlyMemory<byte> bytes)
    {
        var (writer, gone) = (response.BodyWriter, response.HttpContext.RequestAborted);
        var flush = bytes.IsEmpty ? writer.FlushAsync(gone) : writer.WriteAsync(bytes, gone);
        return flush.IsCompletedSuccessfully ? FinishAsync(response.HttpContext, flush.Result) : AwaitedAsync(response.HttpContext, flush);
    }

    private static async ValueTask<bool> AwaitedAsync(HttpContext context, ValueTask<FlushResult> flush) =>
        await FinishAsync(context, await flush);

    private static ValueTask<bool> FinishAsync(HttpContext context, FlushResult flush) =>
        flush is { IsCompleted: true } or { IsCanceled: true } ? EndAsync(context) : ValueTask.FromResult(true);

    private static async ValueTask<bool> EndAsync(HttpContext context)
    {
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        await Task.Delay(s_mostWait, time, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }

        return false;
    }
}
