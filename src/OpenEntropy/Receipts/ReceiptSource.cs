namespace OpenEntropy.Receipts;

/// <summary>A noise source as a receipt names it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="CreditedBits">Min-entropy credited to it from the start of the service to the time of the receipt, bits; null for raw samples.</param>
/// <param name="State">Its state when raw samples were served; null for other output.</param>
public sealed record ReceiptSource(string Name, double? CreditedBits, string? State);
