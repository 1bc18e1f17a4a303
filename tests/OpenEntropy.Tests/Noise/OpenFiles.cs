namespace OpenEntropy.Tests.Noise;

/// <summary>What this process has open, from /proc/self/fd.</summary>
internal static class OpenFiles
{
    /// <summary>How many descriptors are open on a file.</summary>
    public static int CountOf(string path) =>
        Directory
            .EnumerateFileSystemEntries("/proc/self/fd")
            .Count(link => string.Equals(new FileInfo(link).LinkTarget, path, StringComparison.Ordinal));
}
