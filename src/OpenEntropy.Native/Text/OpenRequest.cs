using System.Text.Json;
using OpenEntropy.Conditioning;
using OpenEntropy.Drbg;
using OpenEntropy.Harvest;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Pool;

namespace OpenEntropy.Native.Text;

/// <summary>The options of a pool, by the names of the configuration under <c>OpenEntropy</c>. What is left out keeps its default.</summary>
internal sealed class OpenRequest
{
    private const string DirectoryKey = $"{StorageOptions.Section}:{nameof(StorageOptions.Directory)}";

    public SourcesPart Sources { get; set; } = new();

    public HarvestOptions Harvest { get; set; } = new();

    public HealthOptions Health { get; set; } = new();

    public ConditioningOptions Conditioning { get; set; } = new();

    public SeedPoolOptions Pool { get; set; } = new();

    public DrbgOptions Drbg { get; set; } = new();

    public StorageOptions Storage { get; set; } = new();

    /// <summary>Base64 of <see cref="EntropyPoolOptions.Personalization"/>.</summary>
    public byte[] Personalization { get; set; } = [];

    /// <summary>Reads the options.</summary>
    /// <param name="json">UTF-8; empty: the defaults.</param>
    /// <exception cref="EntropyConfigurationException">They are not understood.</exception>
    public static EntropyPoolOptions Read(ReadOnlySpan<byte> json)
    {
        var request = json.IsEmpty ? new OpenRequest() : Parse(json);
        if (!Path.IsPathFullyQualified(request.Storage.Directory))
        {
            // Nothing is ever written relative to wherever the process happened to be started.
            throw new EntropyConfigurationException(DirectoryKey, $"'{request.Storage.Directory}' is not an absolute path");
        }

        return new EntropyPoolOptions
        {
            Sources = request.Sources.ToOptions(),
            Harvest = request.Harvest,
            Health = request.Health,
            Conditioning = request.Conditioning,
            Pool = request.Pool,
            Drbg = request.Drbg,
            Storage = request.Storage,
            Personalization = request.Personalization,
        };
    }

    private static OpenRequest Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RequestJson.Default.OpenRequest)
                ?? throw new EntropyConfigurationException("options", "null is no object");
        }
        catch (JsonException exception)
        {
            throw new EntropyConfigurationException("options", exception.Message);
        }
    }

    /// <summary><see cref="SourcesOptions"/>, whose settings JSON would otherwise take away where it says nothing of them.</summary>
    internal sealed class SourcesPart
    {
        public string Enabled { get; set; } = new SourcesOptions().Enabled;

        public string MayEnable { get; set; } = "";

        public bool CreditVendors { get; set; }

        public TimeSpan LookInterval { get; set; } = new SourcesOptions().LookInterval;

        public Dictionary<string, Dictionary<string, string>> Settings { get; set; } = [];

        public SourcesOptions ToOptions()
        {
            var options = new SourcesOptions
            {
                Enabled = Enabled,
                MayEnable = MayEnable,
                CreditVendors = CreditVendors,
                LookInterval = LookInterval,
            };
            foreach (var (source, settings) in Settings)
            {
                if (settings is null) // what a dictionary holds may be null whatever its type says
                    throw new EntropyConfigurationException($"{SourcesOptions.Section}:Settings:{source}", "is null");
                var copy = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                foreach (var (name, value) in settings)
                {
                    if (value is null || !copy.TryAdd(name, value))
                        throw new EntropyConfigurationException(
                            $"{SourcesOptions.Section}:Settings:{source}:{name}",
                            "is null or given twice"
                        );
                }

                if (!options.Settings.TryAdd(source, copy))
                    throw new EntropyConfigurationException($"{SourcesOptions.Section}:Settings:{source}", "is given twice");
            }

            return options;
        }
    }
}
