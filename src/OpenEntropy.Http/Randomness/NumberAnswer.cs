using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using static OpenEntropy.Http.Answers.AnswerCheck;

namespace OpenEntropy.Http.Randomness;

/// <summary>Checks a JSON answer with numbers against what was asked for.</summary>
/// <param name="type">The type's name in requests and answers.</param>
/// <param name="length">Elements.</param>
/// <param name="size">Bytes or words of an element.</param>
/// <param name="quality">The quality.</param>
internal sealed class NumberAnswer(string type, int length, int size, string quality)
{
    /// <summary>The numbers, all of which were looked at.</summary>
    /// <param name="root">The answer.</param>
    /// <param name="element">Reads one of them, or throws.</param>
    /// <param name="text">The answer's text, where a receipt was asked for.</param>
    /// <exception cref="ServiceAnswerException">It is not what was asked for.</exception>
    public RandomNumbers<T> Read<T>(JsonElement root, Func<JsonElement, T> element, string? text)
    {
        Expect(root.GetProperty("success").GetBoolean(), "success is false");
        Expect(root.GetProperty("type").GetString() == type, $"type is not {type}");
        Expect(root.GetProperty("length").GetInt32() == length, $"length is not {length}");
        Expect(root.GetProperty("size").GetInt32() == size, $"size is not {size}");
        Expect(root.GetProperty("quality").GetString() == quality, $"quality is not {quality}");
        var isConditioned = root.GetProperty("conditioned").GetBoolean();
        Expect(isConditioned == (quality != "raw"), "conditioned contradicts quality");
        var data = root.GetProperty("data");
        Expect(data.GetArrayLength() == length, $"{length} elements were asked for, and {data.GetArrayLength()} came");
        var receipt = text is null ? null : Text(root.GetProperty("receipt"));
        T[] numbers = [.. data.EnumerateArray().Select(element)];
        if (receipt is not null)
            ExpectReceiptOf(receipt, data);
        return new RandomNumbers<T>(numbers, quality, isConditioned, receipt, text);
    }

    /// <summary>A block of hexadecimal digits as the service writes them.</summary>
    /// <param name="element">The block.</param>
    /// <param name="bytes">Bytes it stands for.</param>
    public static string Hex(JsonElement element, int bytes)
    {
        var text = Text(element);
        Expect(text.Length == 2 * bytes && text.All(char.IsAsciiHexDigitLower), $"an element is not {2 * bytes} hexadecimal digits");
        return text;
    }

    // Who signed it is checked with the key; that it is of these bytes is checked here.
    private void ExpectReceiptOf(string receipt, JsonElement data)
    {
        var parts = receipt.Split('.');
        Expect(parts.Length == 3, "the receipt has not three parts");
        var bytes = Bytes(data);
        try
        {
            using var payload = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]));
            Expect(payload.RootElement.GetProperty("bytes").GetInt64() == bytes.Length, "the receipt is of another number of bytes");
            var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
            Expect(payload.RootElement.GetProperty("sha256").GetString() == hash, "the receipt is of other bytes");
            Expect(payload.RootElement.GetProperty("quality").GetString() == quality, "the receipt is of another quality");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private byte[] Bytes(JsonElement data)
    {
        switch (type)
        {
            case "uint8":
                return [.. data.EnumerateArray().Select(each => each.GetByte())];
            case "uint16":
                return [.. data.EnumerateArray().SelectMany(each => new[] { (byte)(each.GetUInt16() >> 8), (byte)each.GetUInt16() })];
            default:
                var digits = new StringBuilder();
                foreach (var each in data.EnumerateArray())
                    digits.Append(each.GetString());
                return Convert.FromHexString(digits.ToString());
        }
    }
}
