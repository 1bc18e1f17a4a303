using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenEntropy.Http;

/// <summary>The answer of <c>/api/v1/assessments</c>.</summary>
public sealed record AssessmentList
{
    /// <summary>One of each source.</summary>
    public required IReadOnlyList<AssessmentStatus> Assessments { get; init; }

    /// <summary>Their number.</summary>
    public required int Total { get; init; }

    /// <summary>The other members, by their names in JSON.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement> More { get; set; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
}

/// <summary>What the estimators of SP 800-90B said of a source.</summary>
public sealed record AssessmentStatus
{
    /// <summary>The source.</summary>
    public required string Source { get; init; }

    /// <summary><c>never</c>, <c>queued</c>, <c>recording</c>, <c>assessing</c>, <c>assessed</c> or <c>not_assessed</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why there is no figure; null where there is nothing to explain.</summary>
    public required string? Reason { get; init; }

    /// <summary>What a sample earns, bits.</summary>
    public required double ClaimedMinEntropy { get; init; }

    /// <summary>The latest figure, bits a sample; null before the first.</summary>
    public required double? MinEntropy { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset? Time { get; init; }

    /// <summary>Samples it rests on.</summary>
    public required long? Samples { get; init; }

    /// <summary>The other members, by their names in JSON.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement> More { get; set; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
}

/// <summary>The answer of <c>/api/v1/assessments/{source}</c>.</summary>
public sealed record SourceAssessments
{
    /// <summary>As in the list.</summary>
    public required AssessmentStatus Assessment { get; init; }

    /// <summary>The latest in full, the history and the recording, by their names in JSON.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement> More { get; set; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
}

/// <summary>An assessment that was asked for.</summary>
public sealed record AssessmentTicket
{
    /// <summary>The source.</summary>
    public required string Source { get; init; }

    /// <summary><c>queued</c> or <c>recording</c>.</summary>
    public required string State { get; init; }

    /// <summary>Assessments before it.</summary>
    public required int Ahead { get; init; }

    /// <summary>How long it is expected to take; null where that cannot be told.</summary>
    public required double? ExpectedSeconds { get; init; }
}
