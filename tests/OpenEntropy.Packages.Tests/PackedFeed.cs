using System.Reflection;
using Xunit;

namespace OpenEntropy.Packages.Tests;

/// <summary>All packages, packed once as they were built for this test, in a folder that is a feed.</summary>
public sealed class PackedFeed : IAsyncLifetime
{
    /// <summary>Not the version they are published under: that might be in a cache.</summary>
    public const string Version = "0.0.1-packed";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("openentropy-packages-");

    /// <summary>Where projects may be made.</summary>
    public string Root => _directory.FullName;

    /// <summary>The feed.</summary>
    public string Feed => Path.Combine(Root, "feed");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Feed);
        await Dotnet.RunAsync(
            Root,
            "msbuild",
            Path.Combine(AppContext.BaseDirectory, "Packing.targets"),
            "-nologo",
            "-v:q",
            "-nodeReuse:false",
            "-t:Pack",
            $"-p:Sources={Metadata("Sources")}",
            $"-p:Configuration={Metadata("Configuration")}",
            $"-p:Feed={Feed}",
            $"-p:PackageVersion={Version}"
        );
    }

    public Task DisposeAsync()
    {
        _directory.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Opens a package.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="isSymbols">Whether the one with its symbols.</param>
    internal PackageFile Open(string id, bool isSymbols = false) =>
        new(Path.Combine(Feed, $"{id}.{Version}.{(isSymbols ? "snupkg" : "nupkg")}"), id);

    private static string Metadata(string key) =>
        typeof(PackedFeed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == key).Value!;
}
