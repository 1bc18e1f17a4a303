using System.Globalization;

namespace OpenEntropy.Evidence.Switching;

/// <summary>What this process holds at a moment, as <c>/proc/self</c> tells.</summary>
/// <param name="Descriptors">What its open file descriptors lead to, but for the runtime's own libraries, which it loads when it needs them.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Mappings">Mappings of memory.</param>
/// <param name="MappedBytes">Bytes of mappings that can be accessed: the kernel makes one mapping of neighbours that are alike.</param>
internal sealed record ProcessHoldings(IReadOnlyList<string> Descriptors, int Threads, int Mappings, long MappedBytes)
{
    /// <summary>Nothing.</summary>
    public static ProcessHoldings None { get; } = new([], 0, 0, 0);

    /// <summary>Now.</summary>
    public static ProcessHoldings Now()
    {
        var (mappings, bytes) = (0, 0L);
        foreach (var line in File.ReadLines("/proc/self/maps"))
        {
            mappings++;
            bytes += AccessibleBytes(line);
        }

        var threads = Directory.EnumerateFileSystemEntries("/proc/self/task").Count();
        return new ProcessHoldings(OpenDescriptors(), threads, mappings, bytes);
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

    private static string[] OpenDescriptors() =>
        [
            .. Directory
                .EnumerateFileSystemEntries("/proc/self/fd")
                .Select(entry => new FileInfo(entry).LinkTarget ?? "") // one that is gone by now was the listing's own
                .Where(target => target.Length > 0 && !target.EndsWith(".dll", StringComparison.Ordinal)),
        ];
}
