using OpenEntropy.Noise;
using OpenEntropy.Noise.Timing;

namespace OpenEntropy.Evidence.Sources;

/// <summary>The catalog's sources that a command is about, none opened, and a directory for their files.</summary>
internal sealed class SelectedSources : IDisposable
{
    /// <summary>Selects every source that claims anything.</summary>
    public const string Claimed = "claimed";

    private static readonly string[] s_speeds = ["fast", "slow"];

    private readonly DirectoryInfo? _temporary;
    private readonly NoiseContext? _context;

    private SelectedSources(SourceRequest request, Func<NoiseSourceInfo, bool> byDefault)
    {
        _temporary = request.Storage is null ? Directory.CreateTempSubdirectory("openentropy-evidence-") : null;
        try
        {
            // While nothing runs beside them.
            TickCounter.Measure();
            if (MachineCode.Runs)
                CycleCounter.Measure();
            var storage = _temporary?.FullName ?? Path.GetFullPath(request.Storage!);
            var settings = request.Settings.Select(Parse).ToDictionary(StringComparer.OrdinalIgnoreCase);
            _context = new NoiseContext(storage, settings);
            var all = NoiseSourceCatalog.Create(_context);
            CheckSettings(settings.Keys, all);
            var names = Names(request.Selection, [.. all.Select(source => source.Info)], byDefault);
            Selected = [.. all.Where(source => names.Contains(source.Info.Name))];
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The sources selected, in the order of the catalog, available or not.</summary>
    public IReadOnlyList<NoiseSource> Selected { get; } = [];

    /// <summary>Those that this machine has and whose samples may be looked at.</summary>
    public IReadOnlyList<NoiseSource> Available => [.. Selected.Where(source => WhyWithout(source) is null)];

    /// <summary>Another instance of a source, closed, that remembers nothing of what the others did.</summary>
    /// <param name="name">Its name.</param>
    public NoiseSource Make(string name) => NoiseSourceCatalog.Create(_context!).Single(source => source.Info.Name == name);

    /// <summary>Why there are no samples of a source to be looked at, as the reports say it; null where there are.</summary>
    /// <param name="source">The source.</param>
    public static string? WhyWithout(NoiseSource source) =>
        source.Info.Private ? $"private: {NoiseSourceInfo.WhyPrivate}"
        : SourcePlatforms.WhyUnavailable(source) is { } why ? $"unavailable: {why}"
        : null;

    /// <summary>Selects sources.</summary>
    /// <param name="request">Which, and their settings.</param>
    /// <param name="byDefault">Selects where the request does not.</param>
    /// <exception cref="UsageException">The selection or a setting names what does not exist.</exception>
    public static SelectedSources Of(SourceRequest request, Func<NoiseSourceInfo, bool> byDefault) => new(request, byDefault);

    /// <summary>Deletes the files of the sources, unless the directory was given.</summary>
    public void Dispose() => _temporary?.Delete(recursive: true);

    private static HashSet<string> Names(string? selection, IReadOnlyList<NoiseSourceInfo> infos, Func<NoiseSourceInfo, bool> byDefault)
    {
        if (selection is null)
            return Of(infos.Where(byDefault));

        // The service's own grammar, with one word more and two fewer.
        var terms = selection.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (terms.FirstOrDefault(term => s_speeds.Contains(term, StringComparer.OrdinalIgnoreCase)) is { } speed)
            throw new UsageException(
                $"'{speed}' selects nothing here: how fast a source is, is measured while the service runs; name sources, categories, globs, all or {Claimed}"
            );
        var others = terms.Where(term => !term.Equals(Claimed, StringComparison.OrdinalIgnoreCase)).ToList();
        var names = others.Count < terms.Length ? Of(infos.Where(info => info.ClaimedMinEntropy > 0)) : [];
        if (others.Count == 0 && names.Count > 0)
            return names;
        if (SourceSelection.Select(string.Join(',', others), infos, out var selected) is { } problem)
            throw new UsageException(problem);
        names.UnionWith(selected.Select(source => source.Name));
        return names;

        static HashSet<string> Of(IEnumerable<NoiseSourceInfo> some) => some.Select(info => info.Name).ToHashSet(StringComparer.Ordinal);
    }

    private static KeyValuePair<string, string> Parse(string setting)
    {
        var (equals, colon) = (setting.IndexOf('=', StringComparison.Ordinal), setting.IndexOf(':', StringComparison.Ordinal));
        return colon > 0 && equals > colon + 1
            ? KeyValuePair.Create(setting[..equals], setting[(equals + 1)..])
            : throw new UsageException($"--setting is SOURCE:SETTING=VALUE, not '{setting}'");
    }

    private static void CheckSettings(IEnumerable<string> keys, IReadOnlyList<NoiseSource> all)
    {
        var known = all.SelectMany(source => source.Info.Settings, (source, setting) => $"{source.Info.Name}:{setting.Name}")
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (keys.FirstOrDefault(key => !known.Contains(key)) is { } unknown)
            throw new UsageException(
                $"no source has the setting '{unknown}'; there {(known.Count == 1 ? "is" : "are")} {string.Join(", ", known.Order(StringComparer.Ordinal))}"
            );
    }
}
