using System.CommandLine;
using OpenEntropy.Cli.Bytes;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Pools;
using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Streaming;

/// <summary><c>openentropy stream</c>: bytes on standard output, so many or until nobody wants any.</summary>
internal sealed class StreamCommand : Command, IHasExamples
{
    /// <summary>Seed blocks of the pool: the generators take one a second each, and more would take their processors.</summary>
    private const int FewBlocks = 16;

    private readonly CommandConsole _console;

    public StreamCommand(CommandConsole console)
        : base("stream", "Writes random bytes to standard output.")
    {
        _console = console;
        var options = new StreamOptions();
        options.AddTo(this);
        SetAction((parsed, end) => RunAsync(options.Read(parsed), end));
    }

    public IReadOnlyList<(string Line, string Does)> Examples =>
        [
            ("openentropy stream --bytes 32 --format hex", "A key of 256 bits."),
            ("openentropy stream | head -c 1M > random.bin", "As many bytes as the reader takes."),
            ("openentropy stream --conditioning limited --bytes 48", "Bytes that are each backed by credited entropy."),
            ("openentropy stream --unconditioned --sources disk_io --bytes 4096 > disk_io.bin", "Raw samples of one source."),
        ];

    private async Task<int> RunAsync(StreamRequest request, CancellationToken end)
    {
        await using var pool = LocalPool.Create(request.Sources, _console.CreatePool, options => Set(options, request));
        using var later = request.Quality == OutputQuality.Drbg ? new LaterSources(pool, _console.Time) : null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(end);
        _ = pool.RunAsync(CancellationToken.None); // how it ends is in what the pool refuses
        try
        {
            // Elsewhere than here: a write to a reader that takes nothing never returns, and would keep a signal waiting.
            await Task.Run(() => WriteAsync(pool, later, request, stop.Token), CancellationToken.None).WaitAsync(end);
            return ExitCodes.Success;
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested && request.Bytes == 0)
        {
            return ExitCodes.Success;
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    private static void Set(EntropyPoolOptions options, StreamRequest request)
    {
        if (request.Quality != OutputQuality.Limited)
            options.Pool.Capacity = FewBlocks;
        else
            options.Harvest.CpuBudget = 1;
        if (request.Quality == OutputQuality.Raw)
            options.Harvest.RawCpuBudget = 1;
    }

    private async Task WriteAsync(EntropyPool pool, LaterSources? later, StreamRequest request, CancellationToken stop)
    {
        using var output = new ByteOutput(_console);
        using var progress = new StreamProgress(_console, request.Bytes);
        var bytes = new PoolBytes(pool, request.Quality, request.Sources, _console.Time) { Short = later is null ? null : later.Begin };
        var pace = new Pace(request.Rate, _console.Time);
        var most = ByteForms.Whole(request.Form, (int)Math.Min(bytes.Portion, pace.Portion));
        var buffer = GC.AllocateUninitializedArray<byte>(most, pinned: true);
        var text = new byte[ByteForms.Length(request.Form, most)];
        var left = request.Bytes == 0 ? long.MaxValue : request.Bytes;
        while (left > 0)
        {
            stop.ThrowIfCancellationRequested();
            var portion = buffer.AsMemory(0, (int)Math.Min(most, left));
            await pace.SpendAsync(portion.Length, stop);
            await bytes.FillAsync(portion, stop);
            if (!output.TryWrite(ByteForms.Write(request.Form, portion.Span, text)))
                return;
            if (request.Bytes > 0)
                left -= portion.Length;
            progress.Show(left);
        }

        if (_console.IsTerminal && request.Form != ByteForm.Raw)
            _ = output.TryWrite("\n"u8);
    }
}
