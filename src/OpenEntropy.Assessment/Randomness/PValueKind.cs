using System.Text.Json.Serialization;

namespace OpenEntropy.Assessment.Randomness;

/// <summary>How a test's p-values are distributed where the bits are independent and unbiased.</summary>
[JsonConverter(typeof(PValueKindConverter))]
public enum PValueKind
{
    /// <summary>Uniform on 0 to 1, as nearly as the test's own approximation: a level α is exceeded by a share α of good sequences.</summary>
    [JsonStringEnumMemberName("uniform")]
    Uniform,

    /// <summary>On so few values that it shows; the share at or below a level α is the largest attainable p-value up to α.</summary>
    [JsonStringEnumMemberName("discrete")]
    Discrete,

    /// <summary>
    /// An upper bound of a p-value: the share at or below α is at most α, and nearly all good sequences have 1. Small values condemn a sequence as
    /// any p-value's do; there is no uniformity to look at.
    /// </summary>
    [JsonStringEnumMemberName("bound")]
    Bound,
}

/// <summary>Kinds by their names, never by number.</summary>
internal sealed class PValueKindConverter() : JsonStringEnumConverter<PValueKind>(namingPolicy: null, allowIntegerValues: false);
