using System.Buffers.Text;
using System.Text.Json;
using OpenEntropy.Pqc.Containers;

namespace OpenEntropy.Pqc.Bundles;

/// <summary>
/// Texts of JSON that hold a secret. They are made here, quotation marks, escapes and all, in memory that is zeroed, and written as they are: the
/// writer's own way with a text that needs an escape leads through a buffer that many share and nobody zeroes.
/// </summary>
internal static class SecretText
{
    private const int Quotes = 2;

    /// <summary>Writes bytes in base64 (RFC 4648, 4).</summary>
    /// <param name="writer">Where to; what it holds is the caller's to zero.</param>
    /// <param name="name">The member.</param>
    /// <param name="secret">The bytes.</param>
    public static void WriteBase64(Utf8JsonWriter writer, string name, ReadOnlySpan<byte> secret)
    {
        var length = Base64.GetMaxEncodedToUtf8Length(secret.Length);
        using var text = new SecretBuffer(length + Quotes);
        Quote(text);
        Base64.EncodeToUtf8(secret, text.GetSpan(length), out _, out var written);
        text.Advance(written);
        Quote(text);
        Write(writer, name, text);
    }

    /// <summary>Writes bytes in lower-case hexadecimal digits.</summary>
    /// <inheritdoc cref="WriteBase64" path="/param"/>
    public static void WriteHex(Utf8JsonWriter writer, string name, ReadOnlySpan<byte> secret)
    {
        using var text = new SecretBuffer((2 * secret.Length) + Quotes);
        Quote(text);
        Convert.TryToHexStringLower(secret, text.GetSpan(2 * secret.Length), out var written);
        text.Advance(written);
        Quote(text);
        Write(writer, name, text);
    }

    /// <summary>Writes a container as PEM, whose line ends are the one character in it that JSON escapes.</summary>
    /// <param name="writer">Where to; what it holds is the caller's to zero.</param>
    /// <param name="name">The member.</param>
    /// <param name="label">The label.</param>
    /// <param name="encoded">DER.</param>
    public static void WritePem(Utf8JsonWriter writer, string name, string label, ReadOnlySpan<byte> encoded)
    {
        var pem = Pem.Write(label, encoded);
        using var text = new SecretBuffer((2 * pem.Length) + Quotes);
        Quote(text);
        foreach (var character in pem)
        {
            if (character == '\n')
            {
                "\\n"u8.CopyTo(text.GetSpan(2));
                text.Advance(2);
            }
            else
            {
                text.GetSpan(1)[0] = (byte)character;
                text.Advance(1);
            }
        }

        SecretArray.Zero(pem);
        Quote(text);
        Write(writer, name, text);
    }

    private static void Quote(SecretBuffer text)
    {
        text.GetSpan(1)[0] = (byte)'"';
        text.Advance(1);
    }

    private static void Write(Utf8JsonWriter writer, string name, SecretBuffer text)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(text.Written.Span, skipInputValidation: true);
    }
}
