using System.Globalization;
using System.Runtime.Versioning;

namespace OpenEntropy.Chaos.Running;

/// <summary>What a process has of the system.</summary>
/// <param name="ResidentKiB">Memory in use (VmRSS), KiB.</param>
/// <param name="Descriptors">Open files and sockets.</param>
/// <param name="Threads">Threads.</param>
[SupportedOSPlatform("linux")]
internal readonly record struct ProcessFigures(double ResidentKiB, double Descriptors, double Threads)
{
    /// <summary>Those of a process at this moment.</summary>
    /// <param name="id">The process.</param>
    public static ProcessFigures Of(int id)
    {
        var status = File.ReadAllLines($"/proc/{id}/status");
        return new(Value(status, "VmRSS:"), Directory.GetFileSystemEntries($"/proc/{id}/fd").Length, Value(status, "Threads:"));
    }

    /// <summary>The medians of several.</summary>
    /// <param name="figures">At least one.</param>
    public static ProcessFigures Median(IReadOnlyCollection<ProcessFigures> figures) =>
        new(
            Middle(figures.Select(each => each.ResidentKiB)),
            Middle(figures.Select(each => each.Descriptors)),
            Middle(figures.Select(each => each.Threads))
        );

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{ResidentKiB / 1024:0.0} MiB, {Descriptors:0} descriptors, {Threads:0} threads");

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static double Value(string[] status, string name) =>
        double.Parse(
            status
                .First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..]
                .Replace("kB", "", StringComparison.Ordinal),
            NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture
        );
}
