namespace OpenEntropy;

/// <summary>Values of errno; the same on every Linux architecture .NET runs on.</summary>
internal static class LinuxError
{
    /// <summary>EINTR: a signal came before anything happened.</summary>
    public const int Interrupted = 4;

    /// <summary>EAGAIN: nothing within the time-out.</summary>
    public const int TryAgain = 11;

    /// <summary>EFAULT: a pointer to nothing.</summary>
    public const int BadAddress = 14;

    /// <summary>ENOBUFS: messages were lost.</summary>
    public const int NoBuffers = 105;

    /// <summary>EINPROGRESS: how a connect with a time-out says that it is over.</summary>
    public const int InProgress = 115;

    /// <summary>ENOKEY: there is no such key.</summary>
    public const int NoKey = 126;
}
