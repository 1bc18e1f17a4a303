using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace OpenEntropy.Receipts;

/// <summary>The random bytes behind the elements of an answer.</summary>
internal static class ReceiptData
{
    /// <summary>SHA-256 of the elements' bytes, 16-bit numbers and words most significant byte first; one element at a time is held.</summary>
    /// <param name="data">The member <c>data</c>.</param>
    /// <param name="receipt">Type, length and size.</param>
    /// <returns>64 lower-case digits; null where the elements are not exactly as the service writes them.</returns>
    public static string? Hash(JsonElement data, Receipt receipt)
    {
        if (data.ValueKind != JsonValueKind.Array || data.GetArrayLength() != receipt.Length)
            return null;
        Span<byte> bytes = stackalloc byte[ElementBytes(receipt.Type, receipt.Size)];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var element in data.EnumerateArray())
        {
            if (!TryDecode(element, receipt.Type, bytes))
                return null;
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Random bytes in an element.</summary>
    /// <param name="type">The type.</param>
    /// <param name="size">The size.</param>
    public static int ElementBytes(string type, int size) => type is "uint16" or "hex16" ? 2 * size : size;

    private static bool TryDecode(JsonElement element, string type, Span<byte> bytes)
    {
        if (type is "hex8" or "hex16")
            return element.ValueKind == JsonValueKind.String && TryDecodeDigits(element.GetString(), bytes);
        if (
            element.ValueKind != JsonValueKind.Number
            || !element.TryGetUInt16(out var number)
            || number > (type == "uint8" ? 0xFF : 0xFFFF)
        )
            return false;
        if (type == "uint8")
            bytes[0] = (byte)number;
        else
            BinaryPrimitives.WriteUInt16BigEndian(bytes, number);
        return true;
    }

    private static bool TryDecodeDigits(ReadOnlySpan<char> digits, Span<byte> bytes) =>
        digits.Length == 2 * bytes.Length
        && !digits.ContainsAnyInRange('A', 'F')
        && Convert.FromHexString(digits, bytes, out _, out _) == OperationStatus.Done;
}
