using System.Globalization;
using OpenEntropy.Noise;

namespace OpenEntropy.Evidence.Documents;

/// <summary>The catalog as the documents show it: without settings, and without anything of the machine that generates them.</summary>
internal static class CatalogSources
{
    /// <summary>Every source, in the order of the catalog.</summary>
    public static IReadOnlyList<NoiseSource> All() =>
        NoiseSourceCatalog.Create(new NoiseContext("/var/lib/openentropy", new Dictionary<string, string>(StringComparer.Ordinal)));

    /// <summary>The processors a source is made for; empty: any.</summary>
    public static string Processors(Type type) => string.Join(", ", SourcePlatforms.ProcessorsOf(type).Select(SourcePlatforms.Named));

    /// <summary>The systems a source is made for; empty: any.</summary>
    public static string Systems(Type type) => string.Join(", ", SourcePlatforms.Of(type).Select(SourcePlatforms.Named));

    /// <summary>Where its unpredictability is said to come from, in a word.</summary>
    public static string Origin(NoiseOrigin origin) =>
        origin switch
        {
            NoiseOrigin.Measured => "measured",
            NoiseOrigin.Counter => "counter",
            NoiseOrigin.OperatingSystem => "operating system",
            NoiseOrigin.Vendor => "vendor",
            _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, "It has no word."),
        };

    /// <summary>A claim in bits per sample.</summary>
    public static string Claim(double bits) =>
        bits == 0 ? "0"
        : bits >= 1.0 / 3 ? "1/3"
        : bits.ToString("0.0000", CultureInfo.InvariantCulture);
}
