namespace OpenEntropy.Noise.Hardware;

/// <summary>
/// A running capture stream, as much of one as <see cref="AudioNoiseSource"/> needs. Failures are negative errno values, as in ALSA: they are the
/// stream's ordinary course, and what to do about each is the source's business.
/// </summary>
internal abstract class PcmCapture : IDisposable
{
    /// <summary>What was agreed with the device.</summary>
    public abstract PcmFormat Format { get; }

    /// <summary>Takes the frames that are there, without waiting.</summary>
    /// <param name="frames">Receives whole frames.</param>
    /// <returns>Frames written; 0 at the end of a stream that has one; a negative errno otherwise, EAGAIN where none are there yet.</returns>
    public abstract int Read(Span<byte> frames);

    /// <summary>Waits until there are frames.</summary>
    /// <param name="milliseconds">At most this long.</param>
    /// <returns>1 when there are some, 0 when the time is over, or a negative errno.</returns>
    public abstract int Wait(int milliseconds);

    /// <summary>Starts again after an overrun or a suspend; frames from before are lost.</summary>
    /// <returns>0 or a negative errno.</returns>
    public abstract int Restart();

    /// <inheritdoc/>
    public abstract void Dispose();
}
