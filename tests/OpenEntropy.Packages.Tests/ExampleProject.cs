using System.Text;
using System.Text.RegularExpressions;

namespace OpenEntropy.Packages.Tests;

/// <summary>A user's project, which has the packages from the feed and everything else from what this machine has restored before.</summary>
internal static partial class ExampleProject
{
    /// <summary>Makes a project whose program is the example of the first package's page; those of the others are compiled along.</summary>
    /// <param name="feed">The packages.</param>
    /// <param name="name">The project's.</param>
    /// <param name="ids">The packages it references.</param>
    /// <returns>Its program, built.</returns>
    public static async Task<string> BuildAsync(PackedFeed feed, string name, params string[] ids)
    {
        var directory = Directory.CreateDirectory(Path.Combine(feed.Root, name)).FullName;
        var references = ids.Select(id => $"""<PackageReference Include="{id}" Version="{PackedFeed.Version}" />""");
        await File.WriteAllTextAsync(
            Path.Combine(directory, $"{name}.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>{string.Concat(references)}</ItemGroup>
            </Project>
            """
        );
        await File.WriteAllTextAsync(Path.Combine(directory, "nuget.config"), Sources(feed));
        foreach (var (id, number) in ids.Select((id, number) => (id, number)))
        {
            var example = Of(feed, id);
            await File.WriteAllTextAsync(Path.Combine(directory, $"Example{number}.cs"), number == 0 ? example : AsMethod(example, number));
        }

        await Dotnet.RunAsync(directory, "build", "-nologo", "-v:q", "-nodeReuse:false", "-o", "built");
        return Path.Combine(directory, "built", $"{name}.dll");
    }

    /// <summary>The example of a package's page.</summary>
    /// <param name="feed">The packages.</param>
    /// <param name="id">The package.</param>
    public static string Of(PackedFeed feed, string id)
    {
        using var package = feed.Open(id);
        return Example().Match(package.Text("README.md")).Groups["code"].Value;
    }

    // No source but the feed: what else is needed was restored before, for the projects that were packed.
    private static string Sources(PackedFeed feed)
    {
        var usual =
            Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(feed.Root, "packages")}" /></config>
              <fallbackPackageFolders><clear /><add key="usual" value="{usual}" /></fallbackPackageFolders>
              <packageSources><clear /><add key="packed" value="{feed.Feed}" /></packageSources>
            </configuration>
            """;
    }

    private static string AsMethod(string example, int number)
    {
        var text = new StringBuilder();
        var lines = example.Split('\n');
        foreach (var line in lines.Where(IsDirective))
            text.AppendLine(line);
        text.AppendLine($"public static class Example{number} {{ public static async Task RunAsync() {{ await Task.Yield();");
        foreach (var line in lines.Where(line => !IsDirective(line)))
            text.AppendLine(line);
        return text.AppendLine("} }").ToString();
    }

    private static bool IsDirective(string line) =>
        line.StartsWith("using ", StringComparison.Ordinal)
        && line.TrimEnd().EndsWith(';')
        && !line.Contains('=', StringComparison.Ordinal);

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Example();
}
