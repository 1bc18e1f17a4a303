namespace OpenEntropy.Pqc.Ledger;

/// <summary>What was done last when an entry is made, in this order; where a process may end.</summary>
internal enum LedgerStep
{
    /// <summary>The file is there under its temporary name, empty.</summary>
    FileCreated,

    /// <summary>The temporary file holds everything, and the device has it.</summary>
    FileWritten,

    /// <summary>The file has its name.</summary>
    FileNamed,

    /// <summary>The device has the name.</summary>
    NameFlushed,

    /// <summary>The index is open for the line.</summary>
    IndexOpened,

    /// <summary>The index has the line.</summary>
    LineWritten,

    /// <summary>The device has the line: the entry stands.</summary>
    LineFlushed,
}
