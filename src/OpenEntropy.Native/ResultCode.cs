namespace OpenEntropy.Native;

/// <summary>What an entry point returns. The numbers are part of the contract: they stay, and new ones are added at the end.</summary>
internal enum ResultCode
{
    /// <summary>Done.</summary>
    Ok = 0,

    /// <summary>An argument is out of its range, null where it may not be, or not UTF-8.</summary>
    InvalidArgument = -1,

    /// <summary>No open pool has this handle: it was never given, or it was closed.</summary>
    InvalidHandle = -2,

    /// <summary>The text is longer than the buffer; the length it needs was told.</summary>
    BufferTooSmall = -3,

    /// <summary>The options are not understood, contradict each other, or name what does not exist.</summary>
    Configuration = -4,

    /// <summary>No seed yet within the time allowed: worth asking again.</summary>
    Starting = -5,

    /// <summary>Nothing can be given, and waiting a little would not change that.</summary>
    NoEntropy = -6,

    /// <summary>Too few seed blocks or raw samples came within the time allowed.</summary>
    Timeout = -7,

    /// <summary>The pool was closed while the call was under way.</summary>
    Closed = -8,

    /// <summary>Nothing can be said of these samples, or not what was asked.</summary>
    Samples = -9,

    /// <summary>There was too little memory.</summary>
    OutOfMemory = -10,

    /// <summary>This process was forked from the one that started the runtime: nothing here works in it.</summary>
    Forked = -11,

    /// <summary>Something failed that should not: a defect.</summary>
    Internal = -12,
}
