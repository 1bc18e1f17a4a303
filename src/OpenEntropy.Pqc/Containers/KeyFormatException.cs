namespace OpenEntropy.Pqc.Containers;

/// <summary>A text or a container holds no key of the kind wanted; the message says what is wrong with it, and nothing of a secret in it.</summary>
internal sealed class KeyFormatException : FormatException
{
    /// <summary>Without a message.</summary>
    public KeyFormatException() { }

    /// <summary>With what is wrong.</summary>
    /// <param name="message">A sentence.</param>
    public KeyFormatException(string message)
        : base(message) { }

    /// <summary>With what is wrong and what showed it.</summary>
    /// <param name="message">A sentence.</param>
    /// <param name="innerException">What showed it.</param>
    public KeyFormatException(string message, Exception innerException)
        : base(message, innerException) { }
}
