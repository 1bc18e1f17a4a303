namespace OpenEntropy.Receipts;

/// <summary>What a receipt says of the data it was made for.</summary>
public sealed record Receipt
{
    /// <summary>Thumbprint of the key it is signed with, 43 characters.</summary>
    public required string KeyId { get; init; }

    /// <summary>Its number, from 1: later receipts of the same storage directory have higher ones. Numbers may be left out.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was signed, by the service's clock, in UTC to the millisecond.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Version of the service.</summary>
    public required string ServiceVersion { get; init; }

    /// <summary><c>drbg</c>, <c>limited</c> or <c>raw</c>.</summary>
    public required string Quality { get; init; }

    /// <summary><c>drbg</c>, <c>limited</c>, <c>raw</c> or <c>vonneumann</c>.</summary>
    public required string Conditioning { get; init; }

    /// <summary>Whether every generate call of the answer followed a reseed of its own.</summary>
    public required bool Fresh { get; init; }

    /// <summary><c>uint8</c>, <c>uint16</c>, <c>hex8</c> or <c>hex16</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Number of elements.</summary>
    public required long Length { get; init; }

    /// <summary>Bytes (hex8) or 16-bit words (hex16) in an element; 1 otherwise.</summary>
    public required int Size { get; init; }

    /// <summary>Random bytes behind the elements.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of these bytes, 64 lower-case digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Seed blocks behind the data: those the answer consumed, or with plain <c>drbg</c> those of one seed. 0 for raw samples.</summary>
    public required long SeedBlocks { get; init; }

    /// <summary>Assessed min-entropy credited to these blocks at least, bits, with <see cref="LeaveOut"/> of their largest contributors counted as nothing.</summary>
    public required long CreditedBits { get; init; }

    /// <summary>How many of a block's largest contributors were left out of that count.</summary>
    public required int LeaveOut { get; init; }

    /// <summary>The sources that earned credit since the start of the service, or those whose raw samples were served.</summary>
    public required IReadOnlyList<ReceiptSource> Sources { get; init; }
}
