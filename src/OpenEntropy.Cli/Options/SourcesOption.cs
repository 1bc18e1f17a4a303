using System.CommandLine;

namespace OpenEntropy.Cli.Options;

/// <summary><c>--sources</c>: names, categories, globs, <c>fast</c>, <c>slow</c>, <c>all</c>. What matches nothing is refused with near names.</summary>
internal sealed class SourcesOption : Option<string>
{
    /// <summary>What is selected where nothing is said.</summary>
    public const string Default = "fast";

    public SourcesOption()
        : base("--sources")
    {
        Description = "Noise sources: names, categories, globs, fast, slow, all, separated by commas.";
        HelpName = "LIST";
        DefaultValueFactory = _ => Default;
        Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }] && Catalog.Refusal(given) is { } refusal)
                result.AddError($"{Name} is '{given}': {refusal}.");
        });
    }
}
