using OpenEntropy.Noise;

namespace OpenEntropy.Tests.Noise;

/// <summary>What a source with settings is made with in a test.</summary>
internal static class SourceSettings
{
    /// <summary>A file that nobody may read, not even root: sysfs refuses by the mode of a file that is only for writing.</summary>
    public const string DeniedPath = "/sys/bus/platform/drivers_probe";

    /// <summary>A context with these settings, keyed <c>{source}:{setting}</c>.</summary>
    public static NoiseContext Of(params (string Key, string Value)[] settings) =>
        new("/unused", settings.ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.OrdinalIgnoreCase));
}
