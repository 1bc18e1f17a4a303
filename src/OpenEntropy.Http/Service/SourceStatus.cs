using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenEntropy.Http;

/// <summary>The answer of <c>/sources</c>.</summary>
public sealed record SourceList
{
    /// <summary>The sources.</summary>
    public required IReadOnlyList<SourceStatus> Sources { get; init; }

    /// <summary>Their number.</summary>
    public required int Total { get; init; }
}

/// <summary>A noise source. <see cref="More"/> has the members without a property here, as docs/api.md lists them.</summary>
public sealed record SourceStatus
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its category.</summary>
    public required string Category { get; init; }

    /// <summary>What is measured and why it varies.</summary>
    public required string Mechanism { get; init; }

    /// <summary><c>unavailable</c>, <c>disabled</c>, <c>starting</c>, <c>healthy</c>, <c>failed</c> or <c>permanently_failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Why; null where there is nothing to explain.</summary>
    public required string? Reason { get; init; }

    /// <summary>Whether it passes its health tests.</summary>
    public required bool Healthy { get; init; }

    /// <summary>Samples collected, bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Failed health tests.</summary>
    public required long Failures { get; init; }

    /// <summary>What a sample earns, bits.</summary>
    public required double ClaimedMinEntropy { get; init; }

    /// <summary>The latest assessment, bits a sample; null before the first.</summary>
    public required double? AssessedMinEntropy { get; init; }

    /// <summary>What was earned since the start, bits.</summary>
    public required double CreditedBits { get; init; }

    /// <summary>Shannon entropy of the latest samples, bits a sample: for the eye.</summary>
    public required double? Entropy { get; init; }

    /// <summary>Whether it runs only when it is asked for.</summary>
    public required bool OptIn { get; init; }

    /// <summary>The other members, by their names in JSON.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement> More { get; set; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
}
