namespace OpenEntropy.Cli.Analyze;

/// <summary>The one path of a file, whatever links and folders it is named by.</summary>
internal static class CanonicalPath
{
    // As many as Linux follows.
    private const int MostLinks = 40;

    /// <summary>Follows every link in a path. What does not exist is what it is named.</summary>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static string Of(string path)
    {
        var links = MostLinks;
        return Of(Path.GetFullPath(path), path, ref links);
    }

    private static string Of(string full, string named, ref int links)
    {
        if (Path.GetDirectoryName(full) is not { } folder)
            return full;
        var parent = Of(folder, named, ref links);
        var here = Path.Combine(parent, Path.GetFileName(full));
        if (new FileInfo(here).LinkTarget is not { } target)
            return here;
        return --links < 0
            ? throw new IOException($"{named} has too many links on its way.")
            : Of(Path.GetFullPath(target, parent), named, ref links);
    }
}
