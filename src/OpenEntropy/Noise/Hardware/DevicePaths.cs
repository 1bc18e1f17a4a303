namespace OpenEntropy.Noise.Hardware;

/// <summary>Device files as an operator names them: absolute paths, separated by commas, with * and ? in their last part.</summary>
/// <param name="patterns">The paths.</param>
internal sealed class DevicePaths(IReadOnlyList<string> patterns)
{
    private static readonly EnumerationOptions s_everything = new()
    {
        AttributesToSkip = FileAttributes.None,
        MatchType = MatchType.Simple,
    };

    /// <summary>Reads a list.</summary>
    /// <param name="key">The configuration key the text comes from.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="EntropyConfigurationException">A path is not absolute, or there is none; the message names the key.</exception>
    public static DevicePaths Parse(string key, string text)
    {
        var patterns = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (patterns.Length == 0)
            throw new EntropyConfigurationException(key, "it names no path");
        var wrong = Array.Find(patterns, pattern => !Path.IsPathFullyQualified(pattern) || Path.GetFileName(pattern).Length == 0);
        return wrong is null
            ? new DevicePaths(patterns)
            : throw new EntropyConfigurationException(key, $"\"{wrong}\" is no absolute path of a file");
    }

    /// <summary>The files that are there now, each once, in the order of their names.</summary>
    public IReadOnlyList<string> Find() =>
        [.. patterns.SelectMany(Matching).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", patterns);

    private static IEnumerable<string> Matching(string pattern)
    {
        var (directory, name) = (Path.GetDirectoryName(pattern), Path.GetFileName(pattern));
        return Directory.Exists(directory) ? Directory.EnumerateFiles(directory, name, s_everything) : [];
    }
}
