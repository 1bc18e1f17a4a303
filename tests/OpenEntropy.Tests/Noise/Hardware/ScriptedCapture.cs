using System.Buffers.Binary;
using OpenEntropy.Noise.Hardware;

namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>A capture stream that plays a script: each step is the frames of one read, or what a read fails with; then it goes on or waits.</summary>
internal sealed class ScriptedCapture(PcmFormat format) : PcmCapture
{
    private readonly Queue<(short[] Frames, int Error)> _steps = new();

    public override PcmFormat Format => format;

    public bool IsDisposed { get; private set; }

    public int Restarts { get; private set; }

    public int RestartResult { get; init; }

    public int WaitResult { get; init; }

    public int? EndlessError { get; init; }

    /// <summary>Frames, each with its value in the first channel and its complement in the others.</summary>
    public ScriptedCapture Then(IEnumerable<short> frames)
    {
        _steps.Enqueue(([.. frames], 0));
        return this;
    }

    public ScriptedCapture Then(int error)
    {
        _steps.Enqueue(([], error));
        return this;
    }

    public override int Read(Span<byte> frames)
    {
        if (!_steps.TryPeek(out var step))
            return EndlessError ?? -11; // EAGAIN
        if (step.Frames.Length == 0)
            return _steps.Dequeue().Error;

        var count = Math.Min(frames.Length / format.FrameBytes, step.Frames.Length);
        for (var i = 0; i < count * format.Channels; i++)
        {
            var value = step.Frames[i / format.Channels];
            BinaryPrimitives.WriteInt16LittleEndian(frames[(2 * i)..], i % format.Channels == 0 ? value : (short)~value);
        }

        step.Frames = step.Frames[count..];
        _ = _steps.Dequeue();
        if (step.Frames.Length > 0)
            Prepend(step);
        return count;
    }

    public override int Wait(int milliseconds) => _steps.Count > 0 ? 1 : WaitResult;

    public override int Restart()
    {
        Restarts++;
        return RestartResult;
    }

    public override void Dispose() => IsDisposed = true;

    private void Prepend((short[] Frames, int Error) step)
    {
        (short[], int)[] rest = [.. _steps];
        _steps.Clear();
        _steps.Enqueue(step);
        foreach (var other in rest)
            _steps.Enqueue(other);
    }
}
