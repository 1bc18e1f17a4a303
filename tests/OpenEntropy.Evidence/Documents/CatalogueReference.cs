using System.Text;
using OpenEntropy.Noise;

namespace OpenEntropy.Evidence.Documents;

/// <summary>docs/catalogue.md: what each source says of itself.</summary>
internal static class CatalogueReference
{
    private const string Introduction = """
        # The noise sources

        Generated from the code; do not edit. After a change to a source:
        ```sh
        dotnet run -c Release --project tests/OpenEntropy.Evidence -- catalogue
        ```

        Each source is one file below `src/OpenEntropy/Noise/`, whose header says what is measured, why it varies, and what a virtual machine, a container, a co-tenant or
        an attacker does to it. What the claims rest on: [sources.md](sources.md). Which system has which source: [platforms.md](platforms.md).

        - **claim**: min-entropy in bits per 8-bit sample that samples are credited with; 0: mixed in, and earns nothing.
        - **clock** *tick counter*: the system's monotonic counter, in whose steps, measured at start, durations are digitized.

        """;

    /// <summary>The document.</summary>
    public static string Text()
    {
        var text = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        foreach (var category in CatalogSources.All().GroupBy(source => source.Info.Category))
        {
            text.Append($"\n## {SourceSelection.CategoryName(category.Key)}\n");
            foreach (var source in category)
                Append(text, source);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, NoiseSource source)
    {
        var (info, type) = (source.Info, source.GetType());
        text.Append($"\n### `{info.Name}`\n{info.Mechanism}\n\n");
        text.Append(
            $"- claim: {CatalogSources.Claim(info.ClaimedMinEntropy)}{(info.ClaimedMinEntropy > 0 ? " bit per sample" : "")}. {Sentence(info.ClaimBasis)}\n"
        );
        text.Append($"- origin: {CatalogSources.Origin(info.Origin)}{(info.OptIn ? "; opt-in" : "")}\n");
        text.Append($"- digitization: {Sentence(info.Digitization)}\n");
        text.Append($"- clock: {Clock(info)}\n");
        text.Append($"- made for: {Platforms(type)}\n");
        foreach (var setting in info.Settings)
            text.Append($"- setting `{setting.Name}`: {Sentence(setting.Description)}\n");
        text.Append(source is MeasuredSource ? "" : $"- full width: {NothingWider.Of(info)}\n");
    }

    private static string Clock(NoiseSourceInfo info) =>
        info.IsTimedByTickCounter ? "tick counter"
        : info.Clock is { } clock ? Sentence(clock)
        : "none";

    private static string Platforms(Type type)
    {
        var systems = CatalogSources.Systems(type);
        var processors = CatalogSources.Processors(type);
        return $"{(systems.Length == 0 ? "every system .NET runs on" : systems)}{(processors.Length == 0 ? "" : $"; {processors}")}";
    }

    private static string Sentence(string words) => words.EndsWith('.') ? words : words + ".";
}
