using OpenEntropy.Http.Answers;

namespace OpenEntropy.Http;

/// <summary>How random bytes are to be made.</summary>
public sealed record RandomOptions
{
    /// <summary>The longest wait, seconds.</summary>
    public const int MaximumWaitSeconds = 30;

    /// <summary>Generator output, as of any request without options.</summary>
    public static RandomOptions Default { get; } = new();

    /// <summary>The kind. Default <see cref="RandomConditioning.Drbg"/>.</summary>
    public RandomConditioning Conditioning { get; init; }

    /// <summary>Whether the generator is reseeded for every 65,536 bytes. Default no.</summary>
    public bool Fresh { get; init; }

    /// <summary>Whole seconds the service may wait for entropy, 0 to 30; null: its default, 0, with raw samples 10.</summary>
    public int? WaitSeconds
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value.GetValueOrDefault(), nameof(value));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value.GetValueOrDefault(), MaximumWaitSeconds, nameof(value));
            field = value;
        }
    }

    /// <summary>Of raw samples alone: names, categories and globs of sources; none: every source that may be combined.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Whether it is raw samples, with or without an extractor.</summary>
    internal bool IsRaw => Conditioning is RandomConditioning.Raw or RandomConditioning.VonNeumann;

    /// <summary>What the answer's quality must be.</summary>
    internal string Quality =>
        Conditioning switch
        {
            RandomConditioning.Drbg => "drbg",
            RandomConditioning.Limited => "limited",
            _ => "raw",
        };

    /// <summary>Adds what differs from the service's defaults.</summary>
    /// <param name="path">The request so far.</param>
    /// <param name="options">What is asked for.</param>
    /// <exception cref="ArgumentException">An unknown kind, sources without raw samples, or a name that would be two.</exception>
    internal static RequestPath Add(RequestPath path, RandomOptions options)
    {
        if (options.Sources.Count > 0 && !options.IsRaw)
            throw new ArgumentException("Sources are chosen of raw samples alone.", nameof(options));
        if (options.Sources.Any(name => name.Length == 0 || name.Contains(',')))
            throw new ArgumentException("The name of a source is not empty and has no comma.", nameof(options));
        return path.Add("conditioning", Name(options.Conditioning))
            .AddFlag("fresh", options.Fresh)
            .Add("timeout", (long?)options.WaitSeconds)
            .Add("source", options.Sources.Count > 0 ? string.Join(',', options.Sources) : null);
    }

    private static string? Name(RandomConditioning conditioning) =>
        conditioning switch
        {
            RandomConditioning.Drbg => null,
            RandomConditioning.Limited => "limited",
            RandomConditioning.Raw => "raw",
            RandomConditioning.VonNeumann => "vonneumann",
            _ => throw new ArgumentOutOfRangeException(nameof(conditioning), conditioning, "There is no such kind."),
        };
}
