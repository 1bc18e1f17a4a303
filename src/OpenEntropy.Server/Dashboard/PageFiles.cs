using System.Collections.Concurrent;
using System.Reflection;

namespace OpenEntropy.Server.Dashboard;

/// <summary>The live page's files, as they stand in the assembly, so that they are there wherever it runs. Each is read when it is first asked for.</summary>
internal sealed class PageFiles
{
    /// <summary>The page itself.</summary>
    public const string Index = "index.html";

    private const string Folder = "wwwroot/";

    private static readonly Assembly s_assembly = typeof(PageFiles).Assembly;

    // Built on another system, the names have its separators.
    private static readonly Lazy<Dictionary<string, string>> s_names = new(() =>
        s_assembly
            .GetManifestResourceNames()
            .Select(resource => (Resource: resource, Name: resource.Replace('\\', '/')))
            .Where(each => each.Name.StartsWith(Folder, StringComparison.Ordinal))
            .ToDictionary(each => each.Name[Folder.Length..], each => each.Resource, StringComparer.Ordinal)
    );

    private readonly ConcurrentDictionary<string, PageFile> _files = new(StringComparer.Ordinal);

    /// <summary>Every file's name, below the folder.</summary>
    public static IReadOnlyCollection<string> Names => s_names.Value.Keys;

    /// <summary>A file; null where there is none of this name.</summary>
    /// <param name="name">Its name below the folder, with slashes.</param>
    public PageFile? Find(string name) =>
        s_names.Value.TryGetValue(name, out var resource)
            ? _files.GetOrAdd(name, static (name, resource) => PageFile.Of(name, Read(resource)), resource)
            : null;

    private static byte[] Read(string resource)
    {
        using var stream = s_assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
