using System.IO.Compression;
using System.Xml.Linq;

namespace OpenEntropy.Packages.Tests;

/// <summary>A package that is looked into.</summary>
internal sealed class PackageFile : IDisposable
{
    private readonly ZipArchive _archive;
    private readonly XElement _metadata;

    /// <summary>Opens one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="id">The id it should have.</param>
    public PackageFile(string path, string id)
    {
        _archive = ZipFile.OpenRead(path);
        _metadata = XDocument.Parse(Text($"{id}.nuspec")).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    /// <summary>Its files, without those that make a zip file a package.</summary>
    public IReadOnlyList<string> Files =>
        [
            .. _archive
                .Entries.Select(entry => entry.FullName)
                .Where(name =>
                    name != "[Content_Types].xml"
                    && !name.StartsWith("_rels/", StringComparison.Ordinal)
                    && !name.StartsWith("package/services/metadata/", StringComparison.Ordinal)
                    && !name.EndsWith(".nuspec", StringComparison.Ordinal)
                )
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The packages it needs, with the least version of each.</summary>
    public IReadOnlyList<string> Dependencies =>
        [
            .. _metadata
                .Descendants()
                .Where(element => element.Name.LocalName == "dependency")
                .Select(element => $"{element.Attribute("id")!.Value} {element.Attribute("version")!.Value}"),
        ];

    /// <summary>A text of its metadata; null where it has none.</summary>
    public string? this[string name] => _metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

    /// <summary>A file of it as text.</summary>
    public string Text(string name)
    {
        using var reader = new StreamReader(_archive.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    public void Dispose() => _archive.Dispose();
}
