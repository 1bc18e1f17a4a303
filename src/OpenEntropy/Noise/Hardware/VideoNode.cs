namespace OpenEntropy.Noise.Hardware;

/// <summary>The kernel's side of one opened video device: what <see cref="V4l2Camera"/> asks of it. Failures are negative errno values.</summary>
internal abstract unsafe class VideoNode : IDisposable
{
    /// <summary>A request. See ioctl(2).</summary>
    /// <param name="request">Of <see cref="V4l2"/>.</param>
    /// <param name="argument">The request's structure, read and written.</param>
    /// <returns>0 or more, or a negative errno.</returns>
    public abstract int Control(uint request, void* argument);

    /// <summary>Waits until a frame is there or the device is gone. See poll(2).</summary>
    /// <param name="milliseconds">At most this long.</param>
    /// <returns>1 when there is something to be told, 0 when the time is over, or a negative errno.</returns>
    public abstract int Wait(int milliseconds);

    /// <summary>Maps a buffer of the device. See mmap(2).</summary>
    /// <returns>Its address, or null where the kernel refuses.</returns>
    public abstract byte* Map(nuint length, uint offset);

    /// <summary>Gives a mapping back.</summary>
    public abstract void Unmap(byte* address, nuint length);

    /// <inheritdoc/>
    public abstract void Dispose();
}
