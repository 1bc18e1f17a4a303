using OpenEntropy.Cli.Trials;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Server.Health;

namespace OpenEntropy.Cli.Scan;

/// <summary>One source in what <c>scan</c> says. Entropies are in bits per 8-bit sample.</summary>
internal sealed record ScannedSource
{
    /// <summary>This machine has it, and it gave samples or waits for something to happen.</summary>
    public const string Available = "available";

    /// <summary>This machine does not have it.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>This machine has it, and it could not be opened, broke, or a health test failed.</summary>
    public const string Failed = "failed";

    /// <summary>It gave no sample in the time of a scan.</summary>
    public const string NoAnswer = "no_answer";

    /// <summary>It listens, watches or talks to the world, and was not asked for by its name.</summary>
    public const string NotTried = "not_tried";

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The part of the machine the phenomenon belongs to.</summary>
    public required string Category { get; init; }

    /// <summary><see cref="Available"/>, <see cref="Unavailable"/>, <see cref="Failed"/>, <see cref="NoAnswer"/> or <see cref="NotTried"/>.</summary>
    public required string State { get; init; }

    /// <summary>Why; null where it is available.</summary>
    public required string? Reason { get; init; }

    /// <summary><c>fast</c> or <c>slow</c>, by the rate of a few samples; null where it gave none.</summary>
    public required string? Speed { get; init; }

    /// <summary>Samples it gave.</summary>
    public required long Samples { get; init; }

    /// <summary>Samples per second of collecting; null where it gave none.</summary>
    public required double? SamplesPerSecond { get; init; }

    /// <summary>What a sample earns; 0: nothing.</summary>
    public required double ClaimedMinEntropy { get; init; }

    /// <summary>What it could earn with all of the time; null where it gave no sample.</summary>
    public required double? ClaimedBitsPerSecond { get; init; }

    /// <summary>Where its unpredictability is said to come from.</summary>
    public required string Origin { get; init; }

    /// <summary>True where only its name, a glob or <c>all</c> selects it.</summary>
    public required bool OptIn { get; init; }

    /// <summary>What is measured and why it varies.</summary>
    public required string Mechanism { get; init; }

    /// <summary>A source after its trial.</summary>
    /// <param name="status">The source.</param>
    public static ScannedSource Of(EntropySourceStatus status)
    {
        var (state, reason) = Verdict(status);
        var speed = TrialFigures.Speed(status);
        return Of(status.Info, state, reason) with
        {
            Speed = speed == SourceSpeed.Unknown ? null : StateNames<SourceSpeed>.Of(speed),
            Samples = status.Samples,
            SamplesPerSecond = status.Samples > 0 ? status.SamplesPerSecond : null,
            ClaimedMinEntropy = status.ClaimedMinEntropy,
            ClaimedBitsPerSecond = status.Samples > 0 ? TrialFigures.ClaimedBitsPerSecond(status) : null,
        };
    }

    /// <summary>Whether it is known to be of another speed.</summary>
    public bool IsOfAnotherSpeed(SourceSpeed speed) => Speed is not null && Speed != StateNames<SourceSpeed>.Of(speed);

    /// <summary>A source that was left alone.</summary>
    /// <param name="info">The source.</param>
    public static ScannedSource LeftAlone(NoiseSourceInfo info) => Of(info, NotTried, $"opt-in: --sources {info.Name} tries it");

    private static ScannedSource Of(NoiseSourceInfo info, string state, string? reason) =>
        new()
        {
            Name = info.Name,
            Category = SourceSelection.CategoryName(info.Category),
            State = state,
            Reason = reason,
            Speed = null,
            Samples = 0,
            SamplesPerSecond = null,
            ClaimedMinEntropy = EntropyClaim.Of(info, creditVendors: false),
            ClaimedBitsPerSecond = null,
            Origin = StateNames<NoiseOrigin>.Of(info.Origin),
            OptIn = info.OptIn,
            Mechanism = info.Mechanism,
        };

    private static (string State, string? Reason) Verdict(EntropySourceStatus status) =>
        status switch
        {
            { State: SourceState.Unavailable } => (Unavailable, status.Reason),
            { LastFailure: { } failure } => (Failed, failure.Reason),
            { Samples: > 0 } => (Available, null),
            { Info.MayBeSilent: true } => (Available, "open, and waits for something to happen"),
            _ => (NoAnswer, "it opened too slowly, or gave no sample"),
        };
}
