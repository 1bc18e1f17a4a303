using System.Runtime.InteropServices;

namespace OpenEntropy.Noise.Hardware;

/// <summary>
/// A camera that streams frames into mapped buffers: the part that speaks Video4Linux. See <c>userspace-api/media/v4l</c> in the kernel's
/// documentation.
/// </summary>
/// <param name="path">What the device is called in messages.</param>
/// <param name="node">The opened device, which this owns.</param>
internal sealed unsafe class V4l2Camera(string path, VideoNode node) : IDisposable
{
    private const uint Width = 640;
    private const uint Height = 480;
    private const uint BuffersWanted = 4;
    private const uint FewestBuffers = 2; // one to be filled while the other is read

    private readonly List<(nint Address, uint Length)> _buffers = [];
    private bool _streams;

    /// <summary>Agrees on a format, maps buffers and starts the stream.</summary>
    /// <returns>How the frames look.</returns>
    /// <exception cref="NoiseSourceException">The device is no camera, is taken, or offers nothing this program reads.</exception>
    public LumaLayout Start()
    {
        RefuseOthers();
        var layout = Agree();
        if (layout.WhyUnusable() is { } reason)
            throw new NoiseSourceException($"the camera {path} cannot be read: {reason}");
        MapBuffers(layout);
        var type = V4l2.Capture;
        Check(node.Control(V4l2.StreamOn, &type), "starting");
        _streams = true;
        return layout;
    }

    /// <summary>Waits for the next frame.</summary>
    /// <param name="time">The longest wait.</param>
    /// <returns>False when none came in time.</returns>
    /// <exception cref="NoiseSourceException">The camera failed.</exception>
    public bool Wait(TimeSpan time)
    {
        var result = node.Wait((int)Math.Ceiling(time.TotalMilliseconds));
        Check(result, "waiting for");
        return result > 0;
    }

    /// <summary>Takes the frame that was waited for, adds it, and gives its buffer back to the driver.</summary>
    /// <param name="pairs">Receives the frame.</param>
    /// <returns>False when it is no whole frame: a truncated one, or one that the driver marks as broken.</returns>
    /// <exception cref="NoiseSourceException">The camera failed.</exception>
    public bool Next(FramePairs pairs)
    {
        var buffer = NewBuffer(0);
        var error = node.Control(V4l2.Dequeue, &buffer);
        if (error is -LinuxError.TryAgain or -LinuxError.InputOutput) // it was taken back; or the signal was lost for a moment
            return false;
        Check(error, "reading");

        var whole = false;
        if (buffer.Index < _buffers.Count)
        {
            var (address, length) = _buffers[(int)buffer.Index];
            whole = (buffer.Flags & V4l2.Broken) == 0 && buffer.BytesUsed >= pairs.Layout.FrameBytes && buffer.BytesUsed <= length;
            if (whole)
                pairs.Add(new ReadOnlySpan<byte>((void*)address, pairs.Layout.FrameBytes));
        }

        Check(node.Control(V4l2.Queue, &buffer), "reading");
        return whole;
    }

    /// <summary>Stops the stream and gives back the buffers and the device.</summary>
    public void Dispose()
    {
        var type = V4l2.Capture;
        if (_streams)
            _ = node.Control(V4l2.StreamOff, &type); // a camera that was unplugged has stopped already
        _streams = false;
        foreach (var (address, length) in _buffers)
            node.Unmap((byte*)address, length);
        _buffers.Clear();
        node.Dispose();
    }

    private static V4l2.Buffer NewBuffer(uint index) =>
        new()
        {
            Index = index,
            Type = V4l2.Capture,
            Memory = V4l2.Mapped,
        };

    private void RefuseOthers()
    {
        V4l2.Capability capability;
        var error = node.Control(V4l2.QueryCapability, &capability);
        if (error is -LinuxError.UnknownRequest or -LinuxError.InvalidArgument)
            throw new NoiseSourceException($"{path} is no video device");
        Check(error, "asking");
        var can = (capability.Device & V4l2.HasOwnCapabilities) != 0 ? capability.Node : capability.Device;
        if ((can & V4l2.CanCapture) == 0 || (can & V4l2.CanStream) == 0)
            throw new NoiseSourceException($"{path} is a video device that does not stream what it captures");
    }

    private LumaLayout Agree()
    {
        V4l2.Format format = default;
        foreach (var (pixelFormat, bytesPerPixel) in ((uint, int)[])[(V4l2.Yuyv, 2), (V4l2.Grey, 1)])
        {
            format = new V4l2.Format
            {
                Type = V4l2.Capture,
                Width = Width,
                Height = Height,
                PixelFormat = pixelFormat,
                Field = V4l2.Progressive,
            };
            var error = node.Control(V4l2.SetFormat, &format);
            if (error != -LinuxError.InvalidArgument) // not every driver offers another format in its place
                Check(error, "setting the format of");
            if (error >= 0 && format.PixelFormat == pixelFormat)
                return Layout(format, bytesPerPixel);
        }

        throw new NoiseSourceException($"the camera {path} offers neither YUYV nor GREY but {FourCharacters(format.PixelFormat)}");
    }

    private static LumaLayout Layout(V4l2.Format format, int bytesPerPixel)
    {
        static int Bounded(uint value) => (int)Math.Min(value, int.MaxValue / 16);
        var width = Bounded(format.Width);
        return new LumaLayout(
            width,
            Bounded(format.Height),
            bytesPerPixel,
            format.BytesPerLine == 0 ? width * bytesPerPixel : Bounded(format.BytesPerLine)
        );
    }

    private static string FourCharacters(uint pixelFormat) =>
        string.Concat(Enumerable.Range(0, 4).Select(i => (char)(byte)(pixelFormat >> (8 * i))).Where(char.IsAsciiLetterOrDigit));

    private void MapBuffers(LumaLayout layout)
    {
        var request = new V4l2.Buffers
        {
            Count = BuffersWanted,
            Type = V4l2.Capture,
            Memory = V4l2.Mapped,
        };
        Check(node.Control(V4l2.RequestBuffers, &request), "asking for buffers of");
        if (request.Count < FewestBuffers)
            throw new NoiseSourceException($"the camera {path} has memory for {request.Count} frames only");
        for (uint i = 0; i < request.Count; i++)
        {
            var buffer = NewBuffer(i);
            Check(node.Control(V4l2.QueryBuffer, &buffer), "asking for a buffer of");
            if (buffer.Length < layout.FrameBytes)
                throw new NoiseSourceException($"the camera {path} has buffers smaller than its frames");
            var address = node.Map(buffer.Length, buffer.Offset);
            if (address is null)
                throw LinuxFailure("mapping a buffer of");
            _buffers.Add(((nint)address, buffer.Length));
            Check(node.Control(V4l2.Queue, &buffer), "handing a buffer to");
        }
    }

    private NoiseSourceException LinuxFailure(string act) =>
        new($"{act} the camera {path} failed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    private void Check(int result, string act)
    {
        if (result >= 0)
            return;
        throw new NoiseSourceException(
            -result switch
            {
                LinuxError.NoDevice => $"the camera {path} was unplugged",
                LinuxError.Busy => $"the camera {path} is in use by another program",
                _ => $"{act} the camera {path} failed: {Marshal.GetPInvokeErrorMessage(-result)}",
            }
        );
    }
}
