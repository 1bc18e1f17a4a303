namespace OpenEntropy.Pqc.Ledger;

/// <summary>The ledger is not as it was written, or cannot take what it is given; an operator has to look at it. It names files of the folder alone.</summary>
internal sealed class LedgerException : Exception
{
    /// <summary>Without a message.</summary>
    public LedgerException() { }

    /// <summary>With what is wrong.</summary>
    /// <param name="message">One sentence.</param>
    public LedgerException(string message)
        : base(message) { }

    /// <summary>With what is wrong and what showed it.</summary>
    /// <param name="message">One sentence.</param>
    /// <param name="innerException">What showed it.</param>
    public LedgerException(string message, Exception innerException)
        : base(message, innerException) { }
}
