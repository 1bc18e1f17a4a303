using System.Runtime.Versioning;
using OpenEntropy.Cli.Bytes;
using OpenEntropy.Cli.Running;
using OpenEntropy.Noise;

namespace OpenEntropy.Cli.Devices;

/// <summary>
/// Keeps bytes in a named pipe while somebody has it open to read, and none while nobody has. What waited for a while is replaced, where that costs nothing
/// but a generator's time: a reader finds bytes of the moment, and after a machine was copied the copies' readers do not go on with the same.
/// </summary>
/// <param name="fifo">The pipe.</param>
/// <param name="bytes">What fills it.</param>
/// <param name="portion">Bytes written at a time.</param>
/// <param name="replaces">Whether bytes that waited are replaced.</param>
/// <param name="counts">What went through.</param>
[SupportedOSPlatform("linux")]
internal sealed class FifoFeeder(Fifo fifo, PoolBytes bytes, int portion, bool replaces, FifoCounts counts)
{
    /// <summary>Bytes that waited for so long are replaced.</summary>
    private static readonly TimeSpan s_stale = TimeSpan.FromSeconds(1);

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(portion, pinned: true);

    // Ready to be written: a pipe that is full takes a part.
    private Memory<byte> _rest;

    /// <summary>Feeds until asked to end.</summary>
    /// <param name="watch">Tells of readers.</param>
    /// <param name="end">Asks.</param>
    public async Task RunAsync(FifoWatch watch, CancellationToken end)
    {
        var (wake, waker) = OpenWake();
        try
        {
            using var registration = end.Register(() => Wake(waker));
            while (!end.IsCancellationRequested)
            {
                watch.Clear();
                if (!fifo.HasReader)
                {
                    Empty();
                    Wait(watch, wake, forRoom: false);
                }
                else if (!await FillAsync(end) && Wait(watch, wake, forRoom: true) == 0 && replaces)
                    await ReplaceAsync(end);
            }
        }
        finally
        {
            Empty();
            LinuxFiles.Close(wake);
            LinuxFiles.Close(waker);
            Array.Clear(_buffer);
        }
    }

    /// <summary>Writes until the pipe is full.</summary>
    /// <returns>False where it was.</returns>
    internal async ValueTask<bool> FillAsync(CancellationToken end)
    {
        var any = false;
        while (!end.IsCancellationRequested)
        {
            if (_rest.IsEmpty)
            {
                await bytes.FillAsync(_buffer, end);
                _rest = _buffer;
            }

            var written = fifo.Write(_rest.Span);
            if (written == 0)
                break;
            counts.Write(written);
            _rest.Span[..written].Clear();
            _rest = _rest[written..];
            any = true;
        }

        return any;
    }

    /// <summary>Takes a page out and puts a new one in, for as many as there are, so that a reader that never waits finds some at any time.</summary>
    internal async ValueTask ReplaceAsync(CancellationToken end)
    {
        _rest = default; // made as long ago as what is in the pipe
        for (var stale = fifo.Waiting; stale > 0 && !end.IsCancellationRequested; )
        {
            var dropped = fifo.Drop(Math.Min(stale, Environment.SystemPageSize));
            if (dropped == 0)
                return;
            counts.Drop(dropped);
            stale -= dropped;
            _ = await FillAsync(end);
        }
    }

    /// <summary>Takes out what nobody has read.</summary>
    internal void Empty()
    {
        _rest = default;
        if (fifo.Waiting > 0)
            counts.Drop(fifo.Drop(int.MaxValue));
    }

    private int Wait(FifoWatch watch, int wake, bool forRoom)
    {
        Span<PollRequest> requests =
        [
            new() { Descriptor = wake, Events = PipeCalls.Readable },
            new() { Descriptor = watch.Descriptor, Events = PipeCalls.Readable },
            new() { Descriptor = forRoom ? fifo.Writer : -1, Events = PipeCalls.Writable },
        ];
        return PipeCalls.Wait(requests, forRoom ? (int)s_stale.TotalMilliseconds : Timeout.Infinite);
    }

    private static (int Wake, int Waker) OpenWake()
    {
        try
        {
            return LinuxPipes.Open();
        }
        catch (NoiseSourceException exception)
        {
            throw new CommandFailureException($"The device cannot run: {exception.Message}.");
        }
    }

    private static unsafe void Wake(int waker)
    {
        byte any = 1;
        _ = LinuxFiles.Write(waker, &any, 1);
    }
}
