namespace OpenEntropy.Server.Tls;

/// <summary>Changes of certificates' files since the start.</summary>
internal sealed class CertificateCounts
{
    private long _loaded;
    private long _failed;

    /// <summary>Those that are shown since.</summary>
    public long Loaded => Interlocked.Read(ref _loaded);

    /// <summary>Those that could not be used, each counted when it was found.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Counts one that is shown.</summary>
    public void AddLoaded() => Interlocked.Increment(ref _loaded);

    /// <summary>Counts one that could not be used.</summary>
    public void AddFailed() => Interlocked.Increment(ref _failed);
}
