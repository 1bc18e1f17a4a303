namespace OpenEntropy;

/// <summary>Values of errno; the same on every Linux architecture .NET runs on.</summary>
internal static class LinuxError
{
    /// <summary>EPERM: a privilege is missing.</summary>
    public const int NotPermitted = 1;

    /// <summary>ENOENT: there is no such thing.</summary>
    public const int NoEntry = 2;

    /// <summary>EINTR: a signal came before anything happened.</summary>
    public const int Interrupted = 4;

    /// <summary>EIO: the device has a fault.</summary>
    public const int InputOutput = 5;

    /// <summary>EAGAIN: nothing within the time-out.</summary>
    public const int TryAgain = 11;

    /// <summary>EACCES: the file's permissions forbid it.</summary>
    public const int PermissionDenied = 13;

    /// <summary>EFAULT: a pointer to nothing.</summary>
    public const int BadAddress = 14;

    /// <summary>EBUSY: somebody else has it.</summary>
    public const int Busy = 16;

    /// <summary>ENODEV: the device is gone.</summary>
    public const int NoDevice = 19;

    /// <summary>EINVAL: an argument is not accepted.</summary>
    public const int InvalidArgument = 22;

    /// <summary>ENOTTY: the device does not know the request.</summary>
    public const int UnknownRequest = 25;

    /// <summary>EPIPE: how ALSA says that a stream overran.</summary>
    public const int Overrun = 32;

    /// <summary>EBADFD: the stream or device is in no state to do this, as after an unplugging.</summary>
    public const int BadState = 77;

    /// <summary>ESTRPIPE: how ALSA says that a stream was suspended with the machine.</summary>
    public const int Suspended = 86;

    /// <summary>ENOBUFS: messages were lost.</summary>
    public const int NoBuffers = 105;

    /// <summary>EINPROGRESS: how a connect with a time-out says that it is over.</summary>
    public const int InProgress = 115;

    /// <summary>ENOKEY: there is no such key.</summary>
    public const int NoKey = 126;
}
