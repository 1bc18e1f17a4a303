namespace OpenEntropy.Pqc.Bundles;

/// <summary>A document is no bundle; the message says what is wrong with it.</summary>
internal sealed class BundleFormatException : FormatException
{
    /// <summary>Without a message.</summary>
    public BundleFormatException() { }

    /// <summary>With what is wrong.</summary>
    /// <param name="message">One sentence.</param>
    public BundleFormatException(string message)
        : base(message) { }

    /// <summary>With what is wrong and what showed it.</summary>
    /// <param name="message">One sentence.</param>
    /// <param name="innerException">What showed it.</param>
    public BundleFormatException(string message, Exception innerException)
        : base(message, innerException) { }
}
