using System.Globalization;

namespace OpenEntropy.Noise.Hardware;

/// <summary>What an operator may say about the capture device.</summary>
/// <param name="Device">ALSA's name of the device; null where none is configured.</param>
/// <param name="Rate">Frames per second asked for.</param>
internal sealed record AudioSettings(string? Device, int Rate)
{
    public const string DefaultDevice = "default";

    private const string DeviceKey = "Device";
    private const string RateKey = "Rate";
    private const int DefaultRate = 48_000;
    private const int LowestRate = 8_000;
    private const int HighestRate = 384_000;

    /// <summary>The settings as users are told of them.</summary>
    public static IReadOnlyList<NoiseSetting> All { get; } =
    [
        new(DeviceKey, $"ALSA's name of the capture device, as in hw:1,0. Default: {DefaultDevice}."),
        new(RateKey, $"Frames per second asked for, {LowestRate} to {HighestRate}; the device's nearest is taken. Default: {DefaultRate}."),
    ];

    /// <summary>Reads the settings.</summary>
    /// <param name="source">The source they belong to.</param>
    /// <param name="context">Holds them.</param>
    /// <exception cref="EntropyConfigurationException">One is out of its range; the message names its key.</exception>
    public static AudioSettings Parse(string source, NoiseContext context)
    {
        var device = context.Setting(source, DeviceKey);
        if (device is not null && string.IsNullOrWhiteSpace(device))
            throw Refused(source, DeviceKey, "it names no ALSA device; write default, hw:1,0 or the like");
        if (context.Setting(source, RateKey) is not { } text)
            return new AudioSettings(device, DefaultRate);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) && rate is >= LowestRate and <= HighestRate
            ? new AudioSettings(device, rate)
            : throw Refused(source, RateKey, $"\"{text}\" is no whole number of frames per second from {LowestRate} to {HighestRate}");
    }

    private static EntropyConfigurationException Refused(string source, string key, string why) =>
        new($"{SourcesOptions.Section}:Settings:{source}:{key}", why);
}
