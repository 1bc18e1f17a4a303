using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise;

/// <summary>
/// The systems a noise source is made for, as its class says to the compiler's platform analyzer (CA1416): a class marked with
/// <see cref="SupportedOSPlatformAttribute"/> may use that system's own calls and runs nowhere else; an unmarked one uses what .NET has everywhere.
/// The same holds of processors and <see cref="SupportedProcessorAttribute"/>.
/// </summary>
internal static class SourcePlatforms
{
    /// <summary>Why a source cannot run here, in one clause without a full stop; null where it can.</summary>
    /// <param name="source">The source.</param>
    /// <remarks>Looking may fail in ways a source did not foresee, such as a directory that may not be listed; that costs the source and no other.</remarks>
    public static string? WhyUnavailable(NoiseSource source)
    {
        if (WhyElsewhere(source.GetType()) is { } elsewhere)
            return elsewhere;
        try
        {
            return source.WhyUnavailable();
        }
        catch (Exception cause)
        {
            return $"looking for it failed: {cause.Message.TrimEnd('.')}";
        }
    }

    /// <summary>
    /// True where a source looks at the machine to tell whether it is there: false where its marks rule this machine out, or it is everywhere.
    /// </summary>
    /// <param name="source">The source.</param>
    public static bool Looks(NoiseSource source) =>
        WhyElsewhere(source.GetType()) is null
        && source.GetType().GetMethod(nameof(NoiseSource.WhyUnavailable), Type.EmptyTypes)!.DeclaringType != typeof(NoiseSource);

    /// <summary>The systems a type is marked for, in lower case; none: every one that .NET runs on.</summary>
    /// <param name="type">The source's type.</param>
    public static IReadOnlyList<string> Of(Type type) =>
        [
            .. type.GetCustomAttributes<SupportedOSPlatformAttribute>(inherit: true)
                .Select(mark => mark.PlatformName)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The processors a type is marked for; none: every one that .NET runs on.</summary>
    /// <param name="type">The source's type.</param>
    public static IReadOnlyList<Architecture> ProcessorsOf(Type type) =>
        type.GetCustomAttribute<SupportedProcessorAttribute>(inherit: true)?.Processors ?? [];

    /// <summary>A processor as users write it.</summary>
    /// <param name="processor">The processor.</param>
    public static string Named(Architecture processor) =>
        processor == Architecture.X64 ? "x86-64" : processor.ToString().ToLowerInvariant();

    /// <summary>A system as users write it.</summary>
    /// <param name="system">Its name for the platform analyzer.</param>
    public static string Named(string system) =>
        system switch
        {
            "linux" => "Linux",
            "windows" => "Windows",
            "macos" => "macOS",
            _ => system,
        };

    private static string? WhyElsewhere(Type type)
    {
        var systems = Of(type);
        if (systems.Count > 0 && !systems.Any(OperatingSystem.IsOSPlatform))
            return $"it is made for {string.Join(" and ", systems.Select(Named))}";
        var processors = ProcessorsOf(type);
        return processors.Count == 0 || processors.Contains(RuntimeInformation.ProcessArchitecture)
            ? null
            : $"it is made for {string.Join(" and ", processors.Select(Named))}";
    }
}
