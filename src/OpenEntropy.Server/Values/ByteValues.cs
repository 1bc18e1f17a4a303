using System.Buffers.Text;
using System.Security.Cryptography;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Values;

namespace OpenEntropy.Server.Values;

/// <summary><c>/api/v1/bytes</c>: byte strings as they are, as text: keys, tokens, nonces.</summary>
internal sealed class ByteValues()
    : ValueKind(
        "bytes",
        "Byte strings as text: keys, tokens, nonces",
        "The bytes in their order. Without an encoding, as a file or a stream, they are at /api/v1/random with format=bytes.",
        new ValueField("length", "integer", "Bytes of a string.")
        {
            Default = "32",
            Least = 1,
            Most = MostBytes,
        },
        new ValueField(
            "encoding",
            "string",
            "Lower-case hexadecimal digits, or RFC 4648: base64 (section 4, padded), base64url (section 5, without padding)."
        )
        {
            Default = "\"hex\"",
            Values = ["hex", "base64", "base64url"],
        }
    )
{
    /// <summary>The mapping's name and version.</summary>
    public const string Mapping = "bytes/1";

    private const int MostBytes = 1024;
    private const int DefaultLength = 32;

    /// <inheritdoc/>
    public override string ElementType => "string";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Echoes => ["length", "encoding"];

    /// <inheritdoc/>
    public override string ExampleAnswer =>
        """{"success":true,"type":"bytes","count":1,"length":8,"encoding":"hex","conditioned":true,"quality":"drbg","data":["0f3a99c177be5d02"]}""";

    /// <inheritdoc/>
    public override RequestError? Plan(ValueRequest request, out ValuePlan? plan)
    {
        plan = null;
        var given = request.Given;
        var encoding = given.Find("encoding") ?? "hex";
        var error =
            given.ReadNumber("length", 1, MostBytes, out var length)
            ?? (
                encoding is "hex" or "base64" or "base64url"
                    ? null
                    : FieldValue.Refuse("encoding", "encoding must be hex, base64 or base64url")
            );
        if (error is not null)
        {
            return error;
        }

        var (count, bytes) = (request.Count ?? 1, given.Find("length") is null ? DefaultLength : (int)length);
        plan = new ValuePlan(
            Mapping,
            count,
            new ByteNeed(bytes, 0) * count,
            (2 * bytes) + 5,
            (supply, text) => Write(supply, text, count, bytes, encoding)
        )
        {
            Members = [("length", $"{bytes}"), ("encoding", $"\"{encoding}\"")],
            Length = new ElementLength(bytes, UnitText: 2),
        };
        return null;
    }

    private static void Write(ByteSupply supply, ValueText text, int count, int length, string encoding)
    {
        Span<byte> bytes = stackalloc byte[MostBytes];
        Span<byte> digits = stackalloc byte[Base64.GetMaxEncodedToUtf8Length(MostBytes)];
        bytes = bytes[..length];
        for (var i = 0; i < count; i++)
        {
            supply.Read(bytes);
            text.Begin();
            if (encoding == "hex")
            {
                text.AppendHex(bytes);
            }
            else
            {
                var written = 0;
                _ =
                    encoding == "base64"
                        ? Base64.EncodeToUtf8(bytes, digits, out _, out written)
                        : Base64Url.EncodeToUtf8(bytes, digits, out _, out written);
                text.Append(digits[..written]);
            }

            text.End();
        }

        CryptographicOperations.ZeroMemory(bytes);
        CryptographicOperations.ZeroMemory(digits);
    }
}
