using System.Text;
using OpenEntropy.Noise;

namespace OpenEntropy.Evidence.Documents;

/// <summary>docs/platforms.md: what each source is made for, as its class says to the compiler.</summary>
internal static class PlatformMatrix
{
    private const string Introduction = """
        # Platforms

        Generated from the code; do not edit. After a change to a source:
        ```sh
        dotnet run -c Release --project tests/OpenEntropy.Evidence -- matrix
        ```

        - **yes**: the source is made for the system, and its class says so to the compiler, which refuses calls that the system does not have. It does not say that
          every machine has the device or the instruction: a source that does not find it is `unavailable` on `/sources`, with the reason. **–**: `unavailable` everywhere on that system.
        - **processors**: the ones its instructions or system calls are for. Sources without an entry run wherever .NET does; some have a second way there, which their file describes.
        - **opt-in**: `fast`, `slow` and its category leave it out; it is selected by its name, a glob or `all`.
        - **settings** are below `OpenEntropy:Sources:Settings:NAME:`; see [catalogue.md](catalogue.md).


        """;

    /// <summary>The document.</summary>
    public static string Text()
    {
        var sources = CatalogSources.All();
        var table = new MarkdownTable("source", "category", "Linux", "Windows", "macOS", "processors", "origin", "opt-in", "settings");
        foreach (var source in sources)
        {
            var (info, type) = (source.Info, source.GetType());
            table.Add(
                $"`{info.Name}`",
                SourceSelection.CategoryName(info.Category),
                Mark(type, "linux"),
                Mark(type, "windows"),
                Mark(type, "macos"),
                CatalogSources.Processors(type),
                CatalogSources.Origin(info.Origin),
                info.OptIn ? "opt-in" : "",
                string.Join(", ", info.Settings.Select(setting => $"`{setting.Name}`"))
            );
        }

        var text = new StringBuilder(Introduction.ReplaceLineEndings("\n")).Append(table).Append('\n');
        return text.Append(
                $"{sources.Count} sources: {Count(sources, "linux")} on Linux, {Count(sources, "windows")} on Windows, {Count(sources, "macos")} on macOS.\n"
            )
            .ToString();
    }

    private static int Count(IReadOnlyList<NoiseSource> sources, string system) =>
        sources.Count(source => IsMadeFor(source.GetType(), system));

    private static string Mark(Type type, string system) => IsMadeFor(type, system) ? "yes" : "–";

    private static bool IsMadeFor(Type type, string system)
    {
        var systems = SourcePlatforms.Of(type);
        return systems.Count == 0 || systems.Contains(system, StringComparer.Ordinal);
    }
}
