namespace OpenEntropy.Server.SelfTests;

/// <summary>The answer of <c>/self-tests</c>.</summary>
/// <param name="Passed">Whether all that were run passed.</param>
/// <param name="Tests">Every test with its last outcome.</param>
internal sealed record SelfTestListBody(bool Passed, IReadOnlyList<SelfTestBody> Tests);

/// <summary>A self-test with its last outcome.</summary>
internal sealed record SelfTestBody
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What its answer, or what is computed, is laid down in.</summary>
    public required string Standard { get; init; }

    /// <summary>What is given only while it passes: <c>output</c>, all random bytes, or <c>bundles</c>, keys and their signatures.</summary>
    public required string Gates { get; init; }

    /// <summary><c>passed</c>, <c>failed</c>, or <c>not_run</c> where nothing has needed it yet.</summary>
    public required string Outcome { get; init; }

    /// <summary>How it failed, in one clause; null where it did not.</summary>
    public required string? Detail { get; init; }

    /// <summary>How long it took, microseconds; null before the first.</summary>
    public required double? Microseconds { get; init; }

    /// <summary>When it was run; null before.</summary>
    public required DateTimeOffset? Time { get; init; }
}
