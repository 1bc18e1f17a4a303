using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenEntropy.Http;

/// <summary>The accounts of the pool. <see cref="More"/> has the members without a property here, as docs/api.md lists them.</summary>
public sealed record PoolStatus
{
    /// <summary>As of <see cref="ServiceHealth.Status"/>.</summary>
    public required string State { get; init; }

    /// <summary>Why it is not healthy; null where it is.</summary>
    public required string? Reason { get; init; }

    /// <summary>Seed blocks it can hold.</summary>
    public required int CapacityBlocks { get; init; }

    /// <summary>Seed blocks it holds.</summary>
    public required int BlocksAvailable { get; init; }

    /// <summary>The one divided by the other.</summary>
    public required double Fill { get; init; }

    /// <summary>What each source has earned.</summary>
    public required IReadOnlyList<SourceCredit> Credit { get; init; }

    /// <summary>The other members, by their names in JSON.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement> More { get; set; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
}

/// <summary>What a source has earned.</summary>
public sealed record SourceCredit
{
    /// <summary>The source.</summary>
    public required string Name { get; init; }

    /// <summary>Bits since the start.</summary>
    public required double CreditedBits { get; init; }

    /// <summary>Of all credit, 0 to 1.</summary>
    public required double Share { get; init; }
}
