using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

/// <summary>A test that needs what a noise source measures, and is skipped, with the source's own reason, where this machine does not have it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SourceFactAttribute : FactAttribute
{
    /// <param name="source">The source's name.</param>
    /// <param name="path">A device or directory the test needs to read besides.</param>
    public SourceFactAttribute(string source, string? path = null)
    {
        var context = new NoiseContext(AppContext.BaseDirectory, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));
        var found = NoiseSourceCatalog.Create(context).Single(candidate => candidate.Info.Name.Equals(source, StringComparison.Ordinal));
        Skip = found.WhyUnavailable() ?? WhyUnreadable(path);
    }

    private static string? WhyUnreadable(string? path)
    {
        if (path is null || Directory.Exists(path))
            return null;
        try
        {
            File.OpenHandle(path).Dispose();
            return null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return cause.Message;
        }
    }
}
