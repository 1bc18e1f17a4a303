using System.Reflection;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise;

/// <summary>
/// The systems a noise source is made for, as its class says to the compiler's platform analyzer (CA1416): a class marked with
/// <see cref="SupportedOSPlatformAttribute"/> may use that system's own calls and runs nowhere else; an unmarked one uses what .NET has everywhere.
/// </summary>
internal static class SourcePlatforms
{
    /// <summary>Why a source cannot run here, in one clause without a full stop; null where it can.</summary>
    /// <param name="source">The source.</param>
    public static string? WhyUnavailable(NoiseSource source) => WhyElsewhere(source.GetType()) ?? source.WhyUnavailable();

    /// <summary>The systems a type is marked for, in lower case; none: every one that .NET runs on.</summary>
    /// <param name="type">The source's type.</param>
    public static IReadOnlyList<string> Of(Type type) =>
        [
            .. type.GetCustomAttributes<SupportedOSPlatformAttribute>(inherit: true)
                .Select(mark => mark.PlatformName)
                .Order(StringComparer.Ordinal),
        ];

    private static string? WhyElsewhere(Type type)
    {
        var systems = Of(type);
        return systems.Count == 0 || systems.Any(OperatingSystem.IsOSPlatform)
            ? null
            : $"it is made for {string.Join(" and ", systems.Select(Named))}";
    }

    private static string Named(string system) =>
        system switch
        {
            "linux" => "Linux",
            "windows" => "Windows",
            "macos" => "macOS",
            _ => system,
        };
}
