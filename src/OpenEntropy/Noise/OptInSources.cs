namespace OpenEntropy.Noise;

/// <summary>What the configuration says of opt-in sources: which run, which may be switched on by whoever can reach the service.</summary>
internal sealed class OptInSources
{
    /// <summary>The key that allows it.</summary>
    public const string MayEnableKey = $"{SourcesOptions.Section}:{nameof(SourcesOptions.MayEnable)}";

    private readonly HashSet<string> _forbidden;

    private OptInSources(HashSet<string> forbidden, IReadOnlyList<string> unnamed) => (_forbidden, Unnamed) = (forbidden, unnamed);

    /// <summary>Those that a glob or <c>all</c> selects, and not their own names.</summary>
    public IReadOnlyList<string> Unnamed { get; }

    /// <summary>Reads the configuration.</summary>
    /// <param name="options">What is selected and what may be.</param>
    /// <param name="catalog">The catalog's sources; the caller's own are what the caller makes of them.</param>
    /// <exception cref="EntropyConfigurationException">A selection names what does not exist, or allows what needs no permission.</exception>
    public static OptInSources Of(SourcesOptions options, IReadOnlyList<NoiseSourceInfo> catalog)
    {
        NoiseSourceInfo[] optIn = [.. catalog.Where(source => source.OptIn)];
        var forbidden = optIn.Select(source => source.Name).ToHashSet(StringComparer.Ordinal);
        if (SourceSelection.Select(options.Enabled, catalog, out var enabled) is { } problem)
            throw new EntropyConfigurationException($"{SourcesOptions.Section}:{nameof(SourcesOptions.Enabled)}", problem);
        List<string> unnamed =
        [
            .. enabled.Where(source => !source.ByName && forbidden.Contains(source.Name)).Select(source => source.Name),
        ];
        forbidden.ExceptWith(enabled.Select(source => source.Name));

        foreach (var term in options.MayEnable.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (SourceSelection.Select(term, catalog, out var allowed) is { } unknown)
                throw new EntropyConfigurationException(MayEnableKey, unknown);
            var names = allowed.Select(source => source.Name).ToHashSet(StringComparer.Ordinal);

            // A term without effect is a misunderstanding: most likely a category, and the source that was meant stays forbidden.
            if (!optIn.Any(source => names.Contains(source.Name)))
                throw new EntropyConfigurationException(
                    MayEnableKey,
                    $"'{term}' names no opt-in source, and the others need no permission; those there are: {string.Join(", ", optIn.Select(source => source.Name))}"
                );
            forbidden.ExceptWith(names);
        }

        return new OptInSources(forbidden, unnamed);
    }

    /// <summary>Whether a request may switch a source on.</summary>
    /// <param name="name">Its name.</param>
    public bool MayEnable(string name) => !_forbidden.Contains(name);
}
