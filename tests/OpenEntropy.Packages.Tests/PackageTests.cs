using Xunit;

namespace OpenEntropy.Packages.Tests;

public sealed class PackageTests(PackedFeed feed) : IClassFixture<PackedFeed>
{
    [Theory]
    [InlineData("OpenEntropy", "Polly.Core 8.9.1")]
    [InlineData("OpenEntropy.Assessment", "MathNet.Numerics 5.0.0")]
    [InlineData("OpenEntropy.Http")]
    public void Library_Packed_HasItsAssemblyItsDocumentationAndItsPageAlone(string id, params string[] dependencies)
    {
        using var package = feed.Open(id);

        Assert.Equal(["README.md", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"], package.Files);
        Assert.Equal(dependencies, package.Dependencies);
        AssertMetadata(package, id);
        Assert.Contains($"<name>{id}</name>", package.Text($"lib/net10.0/{id}.xml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OpenEntropy")]
    [InlineData("OpenEntropy.Assessment")]
    [InlineData("OpenEntropy.Http")]
    public void Symbols_Packed_AreThoseOfTheAssemblyAlone(string id)
    {
        using var package = feed.Open(id, isSymbols: true);

        Assert.Equal([$"lib/net10.0/{id}.pdb"], package.Files);
    }

    [Fact]
    public void Tool_Packed_HasTheProgramWhatItNeedsAndNothingElse()
    {
        const string Folder = "tools/net10.0/any/";
        using var package = feed.Open("OpenEntropy.Tool");

        AssertMetadata(package, "OpenEntropy.Tool");
        Assert.Empty(package.Dependencies);
        Assert.Contains(
            """<Command Name="openentropy" EntryPoint="OpenEntropy.Cli.dll" Runner="dotnet" />""",
            package.Text($"{Folder}DotnetToolSettings.xml"),
            StringComparison.Ordinal
        );
        string[] needed =
        [
            "OpenEntropy.dll",
            "OpenEntropy.Assessment.dll",
            "OpenEntropy.Cli.runtimeconfig.json",
            "OpenEntropy.Server.dll",
            "Polly.Core.dll",
        ];
        Assert.All(needed, name => Assert.Contains(Folder + name, package.Files));
        Assert.All(
            package.Files,
            name => Assert.Matches(@"^README\.md$|^tools/net10\.0/any/(runtimes/win/lib/net10\.0/)?[A-Za-z.]+\.(dll|pdb|json|xml)$", name)
        );
        Assert.DoesNotContain(package.Files, name => name.Contains(".lock.", StringComparison.Ordinal));
        Assert.Equal(
            [$"{Folder}OpenEntropy.Cli.runtimeconfig.json"],
            package.Files.Where(name => name.Contains(".runtimeconfig.", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Example_OfTheEnginesPage_RunsFromItsPackageAlone()
    {
        var program = await ExampleProject.BuildAsync(feed, "Alone", "OpenEntropy");

        // Real noise: on a machine that is busy with something else the first seed may take longer than the example waits.
        var (code, output) = (1, "");
        for (var tries = 0; tries < 5 && code != 0 && !output.Contains("FileNotFound", StringComparison.Ordinal); tries++)
            (code, output) = await Dotnet.TryAsync(feed.Root, program);

        Assert.True(code == 0, output);
        Assert.Matches("^[0-9A-F]{64}$", output.TrimEnd());
    }

    [Fact]
    public async Task Examples_OfAllPages_CompileTogether()
    {
        var program = await ExampleProject.BuildAsync(feed, "Together", "OpenEntropy", "OpenEntropy.Assessment", "OpenEntropy.Http");

        Assert.True(File.Exists(program));
    }

    [Theory]
    [InlineData("OpenEntropy")]
    [InlineData("OpenEntropy.Http")]
    public void Example_OfAPage_IsThatOfTheDocumentation(string id)
    {
        using var reader = new StreamReader(typeof(PackageTests).Assembly.GetManifestResourceStream("libraries.md")!);

        Assert.Contains($"```csharp\n{ExampleProject.Of(feed, id)}```", reader.ReadToEnd(), StringComparison.Ordinal);
    }

    private static void AssertMetadata(PackageFile package, string id)
    {
        Assert.Equal(id, package["id"]);
        Assert.Equal(PackedFeed.Version, package["version"]);
        Assert.Equal("MIT", package["license"]);
        Assert.Equal("README.md", package["readme"]);
        Assert.Equal("The OpenEntropy authors", package["authors"]);
        Assert.Contains("entropy", package["tags"], StringComparison.Ordinal);
        Assert.NotEqual("Package Description", package["description"]);
        Assert.Null(package["projectUrl"]);
        Assert.StartsWith($"# {id}\n", package.Text("README.md"), StringComparison.Ordinal);
    }
}
