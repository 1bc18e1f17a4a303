using System.Buffers.Binary;
using OpenEntropy.Noise.Hardware;
using OpenEntropy.Tests.Scripted;

namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>A capture stream that gives sound without end, by a fixed walk, until it fails.</summary>
/// <param name="format">S16_LE.</param>
/// <param name="error">A negative errno from when on it fails; null while it does not.</param>
internal sealed class LivelyCapture(PcmFormat format, Func<int?> error) : PcmCapture
{
    private long _position;

    public override PcmFormat Format => format;

    public bool IsDisposed { get; private set; }

    public override int Read(Span<byte> frames)
    {
        if (error() is { } failure)
            return failure;
        for (var i = 0; i < frames.Length; i += format.FrameBytes)
            BinaryPrimitives.WriteInt16LittleEndian(frames[i..], ScriptedNoiseSource.Lively(_position++));
        return frames.Length / format.FrameBytes;
    }

    public override int Wait(int milliseconds) => error() ?? 1;

    public override int Restart() => error() ?? 0;

    public override void Dispose() => IsDisposed = true;
}
