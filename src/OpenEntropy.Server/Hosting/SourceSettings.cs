using OpenEntropy.Noise;

namespace OpenEntropy.Server.Hosting;

/// <summary>The keys <c>OpenEntropy:Sources:Settings:{source}:{setting}</c>, which the sources of the catalog declare themselves.</summary>
internal static class SourceSettings
{
    private const string Section = $"{SourcesOptions.Section}:Settings";

    /// <summary>Copies what is configured into the options and tells the reader which keys exist.</summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <param name="options">Receives the settings.</param>
    /// <param name="reader">Learns the keys.</param>
    public static void Read(IConfiguration configuration, EntropyPoolOptions options, OptionsReader reader)
    {
        var configured = configuration.GetSection(Section).GetChildren().ToList();
        if (configured.Count == 0)
        {
            return; // the usual case need not build a catalog
        }

        var context = new NoiseContext(options.Storage.Directory, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));
        foreach (var info in NoiseSourceCatalog.Create(context).Select(source => source.Info))
        {
            foreach (var setting in info.Settings)
            {
                reader.Know($"{Section}:{info.Name}:{setting.Name}");
            }
        }

        foreach (var source in configured)
        {
            options.Sources.Settings[source.Key] = source
                .GetChildren()
                .Where(setting => setting.Value is not null)
                .ToDictionary(setting => setting.Key, setting => setting.Value!, StringComparer.OrdinalIgnoreCase);
        }
    }
}
