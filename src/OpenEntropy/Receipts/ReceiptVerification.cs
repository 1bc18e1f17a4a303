namespace OpenEntropy.Receipts;

/// <summary>What the checks of a receipt found.</summary>
/// <param name="Receipt">What it says; null unless the signature is the key's and every member is there, so that nothing unsigned is taken for signed.</param>
/// <param name="Checks">Every check, in the order they were made.</param>
public sealed record ReceiptVerification(Receipt? Receipt, IReadOnlyList<ReceiptCheck> Checks)
{
    /// <summary>
    /// True where no check failed and all passed but those that had nothing to compare: the data where none was given, the members of an answer
    /// where the receipt came without one.
    /// </summary>
    public bool IsValid =>
        Checks.All(check =>
            check.Outcome == ReceiptOutcome.Passed
            || (check.Outcome == ReceiptOutcome.NotChecked && check.Name is ReceiptCheck.Data or ReceiptCheck.Answer)
        );

    /// <summary>True where, beside that, data was compared and is the data that was signed.</summary>
    public bool IsValidForData => IsValid && this[ReceiptCheck.Data] == ReceiptOutcome.Passed;

    /// <summary>How one check came out.</summary>
    /// <param name="name">A name of <see cref="ReceiptCheck"/>; of any other nothing was checked.</param>
    public ReceiptOutcome this[string name] => Checks.FirstOrDefault(check => check.Name == name)?.Outcome ?? ReceiptOutcome.NotChecked;
}
