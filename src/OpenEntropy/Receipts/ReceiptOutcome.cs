namespace OpenEntropy.Receipts;

/// <summary>How one check of a receipt came out.</summary>
public enum ReceiptOutcome
{
    /// <summary>It holds.</summary>
    Passed,

    /// <summary>It does not hold.</summary>
    Failed,

    /// <summary>There was nothing to check it on: no data was given, or an earlier check left nothing to read.</summary>
    NotChecked,
}
