using System.Globalization;

namespace OpenEntropy.Evidence.Switching;

/// <summary>What this process holds at a moment, as <c>/proc/self</c> tells.</summary>
/// <param name="Descriptors">Open file descriptors.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Mappings">Mappings of memory.</param>
/// <param name="MappedBytes">Bytes of mappings that can be accessed: the kernel makes one mapping of neighbours that are alike.</param>
internal readonly record struct ProcessHoldings(int Descriptors, int Threads, int Mappings, long MappedBytes)
{
    /// <summary>Now.</summary>
    public static ProcessHoldings Now()
    {
        var (mappings, bytes) = (0, 0L);
        foreach (var line in File.ReadLines("/proc/self/maps"))
        {
            mappings++;
            bytes += AccessibleBytes(line);
        }

        return new ProcessHoldings(Count("/proc/self/fd"), Count("/proc/self/task"), mappings, bytes);
    }

    /// <summary>The length of a mapping, 0 of one that is merely reserved. A line begins with <c>from-to rwxp</c> (proc_pid_maps(5)).</summary>
    /// <param name="line">A line of <c>maps</c>.</param>
    public static long AccessibleBytes(string line)
    {
        var (dash, space) = (line.IndexOf('-', StringComparison.Ordinal), line.IndexOf(' ', StringComparison.Ordinal));
        if (line.AsSpan(space + 1, 3) is "---")
            return 0;
        return long.Parse(line.AsSpan(dash + 1, space - dash - 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            - long.Parse(line.AsSpan(0, dash), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    /// <summary>The descriptor by which the directory itself is read is among those of <c>fd</c>, each time.</summary>
    private static int Count(string directory) => Directory.EnumerateFileSystemEntries(directory).Count();
}
