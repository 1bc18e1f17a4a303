using System.Globalization;
using System.Net;

namespace OpenEntropy.Noise.Network;

/// <summary>What an operator says to <see cref="DnsTimingSource"/>.</summary>
/// <param name="Server">The name server to ask; null where none is configured.</param>
/// <param name="Query">The query.</param>
/// <param name="Pause">The shortest time from one query to the next.</param>
internal sealed record DnsTimingSettings(IPEndPoint? Server, byte[] Query, TimeSpan Pause)
{
    /// <summary>The source's name.</summary>
    public const string Source = "dns_timing";

    private const string ServerSetting = "Server";
    private const string NameSetting = "Name";
    private const string PaceSetting = "QueriesPerSecond";
    private const string DefaultName = ".";
    private const int DefaultPace = 10;
    private const int MaximumPace = 100;

    /// <summary>The settings as users see them.</summary>
    public static IReadOnlyList<NoiseSetting> Declared { get; } =
    [
        new(
            ServerSetting,
            "Address of the name server to ask, with a port if it is not 53; no host name. Default: not set, and nothing is sent."
        ),
        new(NameSetting, "Name whose name servers are asked for, of letters, digits, hyphens and underscores. Default: . (the root)."),
        new(PaceSetting, "The most queries sent in a second, 1 to 100. Default: 10."),
    ];

    /// <summary>The configuration key of the name server.</summary>
    public static string ServerKey { get; } = Key(ServerSetting);

    /// <summary>Reads the settings.</summary>
    /// <param name="context">Gives them.</param>
    /// <exception cref="EntropyConfigurationException">A setting is out of its range; the message names its key.</exception>
    public static DnsTimingSettings Read(NoiseContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var server = context.Setting(Source, ServerSetting);
        return new DnsTimingSettings(
            server is null ? null : DnsResolver.Parse(ServerKey, server),
            Question(context.Setting(Source, NameSetting) ?? DefaultName),
            TimeSpan.FromSeconds(1.0 / QueriesPerSecond(context.Setting(Source, PaceSetting)))
        );
    }

    private static byte[] Question(string name) =>
        DnsMessage.Query(name)
        ?? throw new EntropyConfigurationException(
            Key(NameSetting),
            $"\"{name}\" is no name to ask for; write letters, digits, hyphens and underscores in labels of at most 63, or . for the root"
        );

    private static int QueriesPerSecond(string? text) =>
        text is null ? DefaultPace
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pace) && pace is >= 1 and <= MaximumPace ? pace
        : throw new EntropyConfigurationException(Key(PaceSetting), $"\"{text}\" is no whole number from 1 to {MaximumPace}");

    private static string Key(string setting) => $"{SourcesOptions.Section}:Settings:{Source}:{setting}";
}
