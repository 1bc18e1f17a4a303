namespace OpenEntropy.Tests.Noise;

/// <summary>What this process has open, from /proc/self/fd.</summary>
internal static class OpenFiles
{
    /// <summary>How many descriptors are open on a file.</summary>
    public static int CountOf(string path) => Count(target => string.Equals(target, path, StringComparison.Ordinal));

    /// <summary>How many descriptors are open on something that has no path: <c>pipe:</c>, <c>socket:</c>, <c>anon_inode:[timerfd]</c>.</summary>
    /// <param name="kind">How the kernel names it, up to the number.</param>
    public static int CountOfKind(string kind) => Count(target => target?.StartsWith(kind, StringComparison.Ordinal) == true);

    private static int Count(Predicate<string?> matches) =>
        Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(link => matches(new FileInfo(link).LinkTarget));
}
