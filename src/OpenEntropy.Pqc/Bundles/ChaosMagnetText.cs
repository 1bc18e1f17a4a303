using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OpenEntropy.Pqc.Bundles;

/// <summary>A bundle under the names that ChaosMagnet had, with a signature over what stands in it.</summary>
/// <param name="Type">The algorithm of the key pair.</param>
/// <param name="Requester">Who asked for it, without control characters; empty where he does not say.</param>
/// <param name="Timestamp">When it was made.</param>
/// <param name="AccumulatedTrueBits">Assessed entropy that the pool had taken in, bits.</param>
/// <param name="RawMinEntropy">The lowest min-entropy claimed of a source that earned, bits per 8-bit sample.</param>
internal sealed record ChaosMagnetText(
    string Type,
    string Requester,
    DateTimeOffset Timestamp,
    long AccumulatedTrueBits,
    double RawMinEntropy
)
{
    private const string Label = "openentropy-chaosmagnet-1";

    private string Time => Timestamp.UtcDateTime.ToString(BundleText.TimeFormat, CultureInfo.InvariantCulture);

    private string MinEntropy => RawMinEntropy.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>What is signed: a label and the six members before the secret key, as they stand in the JSON, each with a line feed behind it; UTF-8.</summary>
    /// <param name="publicKey">The public key.</param>
    public byte[] Message(ReadOnlySpan<byte> publicKey) =>
        Encoding.UTF8.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Label}\n{Type}\n{Requester}\n{Time}\n{AccumulatedTrueBits}\n{MinEntropy}\n{Convert.ToHexStringLower(publicKey)}\n"
            )
        );

    /// <summary>Writes the object.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="publicKey">The public key.</param>
    /// <param name="secretKey">The secret key as it is to stand there: digits, or PEM under a passphrase.</param>
    /// <param name="signature">Of <see cref="Message"/>.</param>
    /// <param name="signer">The signer's key.</param>
    public void Write(
        IBufferWriter<byte> target,
        ReadOnlySpan<byte> publicKey,
        ReadOnlySpan<byte> secretKey,
        ReadOnlySpan<byte> signature,
        ReadOnlySpan<byte> signer
    )
    {
        using var writer = new Utf8JsonWriter(target, BundleText.Relaxed);
        writer.WriteStartObject();
        writer.WriteString("type"u8, Type);
        writer.WriteString("requester"u8, Requester);
        writer.WriteString("timestamp"u8, Time);
        writer.WriteNumber("accumulated_true_bits"u8, AccumulatedTrueBits);
        writer.WritePropertyName("raw_min_entropy"u8);
        writer.WriteRawValue(MinEntropy);
        writer.WriteString("kyber_pk"u8, Convert.ToHexStringLower(publicKey));
        writer.WriteString("kyber_sk"u8, secretKey);
        writer.WriteString("falcon_sig"u8, Convert.ToHexStringLower(signature));
        writer.WriteString("falcon_signer_pk"u8, Convert.ToHexStringLower(signer));
        writer.WriteEndObject();
    }
}
