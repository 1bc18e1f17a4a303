using System.ComponentModel.DataAnnotations;

namespace OpenEntropy.Noise;

/// <summary>Which noise sources run, and their settings.</summary>
public sealed class SourcesOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenEntropy:Sources";

    /// <summary>
    /// What is selected: names, categories, globs (<c>*_timing</c>), <c>fast</c>, <c>slow</c>, <c>all</c>, separated by commas. Default <c>fast</c>:
    /// those that turn out to collect 1,024 samples in less than half a second, and are not opt-in.
    /// </summary>
    [Required(AllowEmptyStrings = false)]
    public string Enabled { get; set; } = "fast";

    /// <summary>
    /// Opt-in sources that <see cref="Enabled"/> does not select and that may be switched on all the same by a request to the service, in the same
    /// words. Default: none. <see cref="EntropyPool.Enable"/> does not ask.
    /// </summary>
    public string MayEnable { get; set; } = "";

    /// <summary>
    /// Whether generators behind a vendor's interface (<see cref="NoiseOrigin.Vendor"/>) earn credit, 1/3 bit per sample. Default false.
    /// </summary>
    public bool CreditVendors { get; set; }

    /// <summary>
    /// How often it is looked again whether the machine has a selected source that it lacked: one that came starts by itself. 1 s to 1 day. Default 1 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LookInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Settings of single sources: <c>OpenEntropy:Sources:Settings:{source}:{setting}</c>.</summary>
    public IDictionary<string, IDictionary<string, string>> Settings { get; init; } =
        new Dictionary<string, IDictionary<string, string>>(StringComparer.OrdinalIgnoreCase);
}
