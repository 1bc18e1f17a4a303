using System.Diagnostics;
using OpenEntropy.Health;
using OpenEntropy.Noise.Timing;

namespace OpenEntropy.Noise;

/// <summary>Makes the entropy sources of a pool: the catalog's and the caller's own, selected as configured.</summary>
internal static class SourceAssembly
{
    private const string EnabledKey = $"{SourcesOptions.Section}:{nameof(SourcesOptions.Enabled)}";
    private const string SettingsKey = $"{SourcesOptions.Section}:{nameof(SourcesOptions.Settings)}";

    /// <summary>How long the start waits until it is known which sources this machine has.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(0.5);

    /// <summary>The sources, none opened.</summary>
    /// <param name="options">Selection, settings, health.</param>
    /// <param name="time">Dates failures.</param>
    /// <exception cref="EntropyConfigurationException">The selection or a setting names what does not exist, or a source says of itself what none may.</exception>
    public static IReadOnlyList<EntropySource> Create(EntropyPoolOptions options, TimeProvider time)
    {
        // Before any source runs: dozens of busy threads would blur the measurement.
        TickCounter.Measure();
        if (MachineCode.Runs)
            CycleCounter.Measure();
        var catalog = NoiseSourceCatalog.Create(new NoiseContext(Path.GetFullPath(options.Storage.Directory), Flatten(options.Sources)));
        NoiseSource[] noises = [.. catalog, .. options.AdditionalSources];
        CheckNames(noises);
        CheckSettings(catalog, options);

        NoiseSourceInfo[] infos = [.. catalog.Select(noise => noise.Info)];
        if (SourceSelection.Select(options.Sources.Enabled, infos, out var selected) is { } problem)
            throw new EntropyConfigurationException(EnabledKey, problem);

        // The caller's own are always selected, whatever their speed.
        var onlyIf = selected.ToDictionary(source => source.Name, source => source.OnlyIf, StringComparer.Ordinal);
        foreach (var noise in options.AdditionalSources)
            onlyIf.Add(noise.Info.Name, SourceSpeed.Unknown);
        EntropySource[] sources =
        [
            .. noises.Select(noise => new EntropySource(
                noise,
                options.Health,
                options.Sources.CreditVendors,
                onlyIf.ContainsKey(noise.Info.Name),
                time,
                onlyIf.GetValueOrDefault(noise.Info.Name),
                options.AllowDrills
            )),
        ];

        // All look at the same time. Whose answer does not come is unavailable until it does, and the others start.
        var start = Stopwatch.GetTimestamp();
        foreach (var source in sources)
            source.AwaitLook(Left(start));
        return sources;
    }

    /// <summary>Makes the catalog's sources and throws them away: the next time, code is compiled, types are loaded and counters are measured.</summary>
    public static void Rehearse()
    {
        foreach (var source in Create(new EntropyPoolOptions(), TimeProvider.System))
            source.Dispose();
    }

    private static TimeSpan Left(long start) =>
        Stopwatch.GetElapsedTime(start) is var elapsed && elapsed < s_patience ? s_patience - elapsed : TimeSpan.Zero;

    private static Dictionary<string, string> Flatten(SourcesOptions options) =>
        options
            .Settings.SelectMany(source => source.Value, (source, setting) => ($"{source.Key}:{setting.Key}", setting.Value))
            .ToDictionary(StringComparer.OrdinalIgnoreCase);

    private static void CheckNames(NoiseSource[] noises)
    {
        var twice = noises.GroupBy(noise => noise.Info.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            throw new EntropyConfigurationException(
                nameof(EntropyPoolOptions.AdditionalSources),
                $"two noise sources are named '{twice.Key}'"
            );
    }

    private static void CheckSettings(IReadOnlyList<NoiseSource> catalog, EntropyPoolOptions options)
    {
        foreach (var (name, settings) in options.Sources.Settings)
        {
            if (options.AdditionalSources.FirstOrDefault(noise => IsNamed(noise, name)) is not null)
                throw new EntropyConfigurationException(
                    $"{SettingsKey}:{name}",
                    "a noise source of the caller's own takes its settings from the caller; these would reach nobody"
                );
            if (catalog.FirstOrDefault(noise => IsNamed(noise, name)) is not { } noise)
                throw new EntropyConfigurationException($"{SettingsKey}:{name}", "no noise source has this name");
            foreach (var setting in settings.Keys)
            {
                if (!noise.Info.Settings.Any(known => string.Equals(known.Name, setting, StringComparison.OrdinalIgnoreCase)))
                    throw new EntropyConfigurationException($"{SettingsKey}:{name}:{setting}", "this noise source has no such setting");
            }
        }
    }

    private static bool IsNamed(NoiseSource noise, string name) => string.Equals(noise.Info.Name, name, StringComparison.OrdinalIgnoreCase);
}
