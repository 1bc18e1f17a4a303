using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenEntropy.Assessment.NonIid;

namespace OpenEntropy.Server.Assessment;

/// <summary>Every estimate of one assessment.</summary>
/// <param name="Time">When it was done.</param>
/// <param name="Samples">L, samples.</param>
/// <param name="AlphabetSize">k, distinct samples.</param>
/// <param name="SymbolBits">w, width of a sample, bits.</param>
/// <param name="Bits">Bits of the bit string.</param>
/// <param name="MinEntropy">The assessment: min(H_original, w × H_bitstring), bits per sample.</param>
/// <param name="HOriginal">The least estimate of the symbols, bits per sample.</param>
/// <param name="HBitstring">The least estimate of the bit string, bits per bit.</param>
/// <param name="Literal">The estimates of the symbols.</param>
/// <param name="Bitstring">The estimates of the bit string.</param>
internal sealed record RunBody(
    DateTimeOffset Time,
    int Samples,
    int AlphabetSize,
    int SymbolBits,
    int Bits,
    double MinEntropy,
    double? HOriginal,
    double? HBitstring,
    IReadOnlyList<EstimateBody> Literal,
    IReadOnlyList<EstimateBody> Bitstring
)
{
    /// <summary>From an assessment.</summary>
    /// <param name="assessment">The assessment.</param>
    /// <param name="time">When it was done.</param>
    public static RunBody From(NonIidAssessment assessment, DateTimeOffset time) =>
        new(
            time,
            assessment.Samples,
            assessment.AlphabetSize,
            assessment.SymbolBits,
            assessment.Bits,
            assessment.MinEntropy,
            assessment.HOriginal,
            assessment.HBitstring,
            [.. assessment.Literal.Select(EstimateBody.From)],
            [.. assessment.Bitstring.Select(EstimateBody.From)]
        );
}

/// <summary>One estimate.</summary>
/// <param name="Estimator">The estimator's name, as in SP 800-90B.</param>
/// <param name="Clause">The clause it stands in.</param>
/// <param name="MinEntropy">The estimate, bits per symbol of its sequence.</param>
/// <param name="Values">What was counted and computed on the way, by name.</param>
internal sealed record EstimateBody(string Estimator, string Clause, double MinEntropy, IReadOnlyDictionary<string, JsonNode?> Values)
{
    private static readonly HashSet<string> s_common = [.. typeof(EntropyEstimate).GetProperties().Select(property => property.Name)];

    /// <summary>From an estimate. What its subtype adds is told as it is there, so that a new estimator needs no change here.</summary>
    /// <param name="estimate">The estimate.</param>
    public static EstimateBody From(EntropyEstimate estimate)
    {
        var values = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var property in estimate.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (!s_common.Contains(property.Name) && property.GetIndexParameters().Length == 0)
            {
                values[JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)] = Node(property.GetValue(estimate));
            }
        }

        return new EstimateBody(estimate.Estimator, estimate.Clause, estimate.MinEntropy, values);
    }

    private static JsonNode? Node(object? value) =>
        value switch
        {
            null => null,
            bool flag => JsonValue.Create(flag),
            string text => JsonValue.Create(text),
            double number => double.IsFinite(number) ? JsonValue.Create(number) : null,
            byte or short or int or long => JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
            IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(Node)]),
            _ => JsonValue.Create(Convert.ToString(value, CultureInfo.InvariantCulture)),
        };
}
