using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenEntropy.Server.Bundles;

/// <summary>
/// Figures in the evidence: at most 15 significant digits, and no exponent. Two texts of so few digits are never the same binary64, so that a digit that
/// was altered is found out by every verifier that reads numbers as such, also behind a program that wrote them anew.
/// </summary>
internal sealed class EvidenceNumber : JsonConverter<double>
{
    /// <inheritdoc/>
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

    /// <inheritdoc/>
    /// <exception cref="OverflowException">The figure is beyond 7.9e28, or none.</exception>
    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
        writer.WriteNumberValue((decimal)value); // the conversion rounds to 15 digits
}
