using System.CommandLine;
using OpenEntropy.Evidence.Sources;

namespace OpenEntropy.Evidence.Commands;

/// <summary>The arguments by which every command that measures selects its sources.</summary>
internal sealed class SourceOptions
{
    private readonly Argument<string?> _selection;

    private readonly Option<string[]> _settings = new("--setting")
    {
        Description = "A setting of a source, as below OpenEntropy:Sources:Settings. May be given several times.",
        HelpName = "SOURCE:SETTING=VALUE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string?> _storage = new("--storage")
    {
        Description =
            "The directory for the files of sources such as disk_io, on a real file system. Default: a temporary one, deleted afterwards.",
        HelpName = "DIR",
    };

    /// <summary>The arguments of a command.</summary>
    /// <param name="byDefault">What is selected where nothing is named, in words; null: something must be named.</param>
    public SourceOptions(string? byDefault) =>
        _selection = new Argument<string?>("SELECTION")
        {
            Description =
                $"Names, categories, globs, all, {SelectedSources.Claimed}, separated by commas; not fast and slow, which are measured while the service runs."
                + (byDefault is null ? "" : $" Default: {byDefault}."),
            Arity = byDefault is null ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
        };

    /// <summary>Adds all of them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_selection);
        command.Add(_settings);
        command.Add(_storage);
    }

    /// <summary>Reads what was given.</summary>
    public SourceRequest Read(ParseResult parsed) =>
        new(parsed.GetValue(_selection), parsed.GetValue(_settings) ?? [], parsed.GetValue(_storage));

    /// <summary>A whole number within a range.</summary>
    public static Option<int> Number(string name, string description, int byDefault, int least, int most)
    {
        var option = new Option<int>(name)
        {
            Description = $"{description} Default: {byDefault}.",
            HelpName = $"{least}..{most}",
            DefaultValueFactory = _ => byDefault,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !(int.TryParse(result.Tokens[0].Value, out var value) && value >= least && value <= most))
                result.AddError($"{name} is {result.Tokens[0].Value}, and can be {least} to {most}.");
        });
        return option;
    }
}
