namespace OpenEntropy.Cli.Devices;

/// <summary>What went through a named pipe; read by any thread.</summary>
internal sealed class FifoCounts
{
    private long _written;
    private long _dropped;

    /// <summary>Bytes written.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Bytes that were taken out again unread.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Counts bytes written.</summary>
    public void Write(int bytes) => Interlocked.Add(ref _written, bytes);

    /// <summary>Counts bytes taken out.</summary>
    public void Drop(int bytes) => Interlocked.Add(ref _dropped, bytes);
}
