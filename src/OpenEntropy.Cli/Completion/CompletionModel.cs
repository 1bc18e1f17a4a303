using System.CommandLine;
using System.Text.RegularExpressions;
using OpenEntropy.Cli.Options;
using OpenEntropy.Noise;

namespace OpenEntropy.Cli.Completion;

/// <summary>What can stand in a place of a command line.</summary>
internal enum ValueKind
{
    /// <summary>Nothing that can be told beforehand.</summary>
    Free,

    /// <summary>The name of a file.</summary>
    File,

    /// <summary>One of some words.</summary>
    Word,

    /// <summary>Words separated by commas.</summary>
    List,

    /// <summary>A selection of noise sources.</summary>
    Sources,

    /// <summary>Names, categories or all: whether a source is fast is known once it has run.</summary>
    KnownSources,

    /// <summary>The name of a folder.</summary>
    Folder,
}

/// <summary>An option as shells complete it.</summary>
/// <param name="Names">Its names, dashes included.</param>
/// <param name="Description">What it does, without a full stop.</param>
/// <param name="Value">What follows it; null: nothing.</param>
/// <param name="Words">The words that may follow.</param>
internal sealed record CompletedOption(IReadOnlyList<string> Names, string Description, ValueKind? Value, IReadOnlyList<string> Words);

/// <summary>A command as shells complete it.</summary>
/// <param name="Name">Its name; empty for the program without a command.</param>
/// <param name="Description">What it does, without a full stop.</param>
/// <param name="Options">Its options.</param>
/// <param name="Argument">What stands beside options; null: nothing.</param>
/// <param name="Words">The words that may stand there.</param>
internal sealed record CompletedCommand(
    string Name,
    string Description,
    IReadOnlyList<CompletedOption> Options,
    ValueKind? Argument,
    IReadOnlyList<string> Words
);

/// <summary>Everything that shells complete, read from the commands themselves.</summary>
/// <param name="Program">The program without a command.</param>
/// <param name="Commands">The commands.</param>
/// <param name="Sources">Names, categories and words that select noise sources.</param>
internal sealed partial record CompletionModel(
    CompletedCommand Program,
    IReadOnlyList<CompletedCommand> Commands,
    IReadOnlyList<string> Sources
)
{
    /// <summary>Reads the commands.</summary>
    /// <param name="root">The program.</param>
    public static CompletionModel Of(Command root)
    {
        var everywhere = root.Options.Where(option => option.Recursive).Select(Of).ToList();
        return new CompletionModel(
            new CompletedCommand("", "", [.. root.Options.Select(Of)], Argument: null, []),
            [.. Under(root, "").Select(each => Of(each.Name, each.Command, everywhere))],
            [
                .. s_speeds,
                "all",
                .. Enum.GetValues<NoiseCategory>().Select(SourceSelection.CategoryName),
                .. Catalog.Sources.Select(source => source.Name),
            ]
        );
    }

    private static readonly string[] s_speeds = ["fast", "slow"];

    /// <summary>What <see cref="ValueKind.KnownSources"/> can be.</summary>
    public IEnumerable<string> KnownSources => Sources.Except(s_speeds, StringComparer.Ordinal);

    /// <summary>The commands that stand first.</summary>
    public IEnumerable<CompletedCommand> First => Commands.Where(command => !command.Name.Contains(' ', StringComparison.Ordinal));

    /// <summary>Every option of every command that takes a value.</summary>
    public IEnumerable<(string Command, CompletedOption Option)> Values =>
        Commands
            .SelectMany(command => command.Options, (command, option) => (command.Name, option))
            .Where(each => each.option.Value is not null);

    /// <summary>Commands and those under them, whose names follow theirs.</summary>
    private static IEnumerable<(string Name, Command Command)> Under(Command command, string before) =>
        command
            .Subcommands.Where(each => !each.Hidden)
            .SelectMany(each => Under(each, $"{before}{each.Name} ").Prepend((before + each.Name, each)));

    private static CompletedCommand Of(string name, Command command, IEnumerable<CompletedOption> everywhere)
    {
        var under = command.Subcommands.Where(each => !each.Hidden).Select(each => each.Name).ToList();
        var argument = command.Arguments.FirstOrDefault();
        return new CompletedCommand(
            name,
            Sentence(command.Description),
            [.. command.Options.Where(option => !option.Hidden).Select(Of), .. everywhere],
            under.Count > 0 ? ValueKind.Word
                : argument is null ? null
                : KindOf(argument.Name, argument.HelpName, argument.ValueType == typeof(string[])),
            under.Count > 0 ? under : WordsOf(argument?.HelpName)
        );
    }

    private static CompletedOption Of(Option option) =>
        new(
            [option.Name, .. option.Aliases.Where(alias => alias.StartsWith('-') && !alias.Contains('?', StringComparison.Ordinal))],
            Sentence(option.Description),
            option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool) ? null : KindOf(option.Name, option.HelpName),
            WordsOf(option.HelpName)
        );

    private static ValueKind KindOf(string name, string? help, bool isMany = false) =>
        name is "SOURCE" && isMany ? ValueKind.KnownSources
        : name is "--sources" or "--source" or "SOURCE" ? ValueKind.Sources
        : (help ?? name) is "FOLDER" or "SESSION" or "A" or "B" ? ValueKind.Folder
        : (help ?? name) is "FILE" or "PATH" ? ValueKind.File
        : WordsOf(help).Length == 0 ? ValueKind.Free
        : help!.Contains('|', StringComparison.Ordinal) ? ValueKind.Word
        : ValueKind.List;

    private static string[] WordsOf(string? help) => help is not null && Choices().IsMatch(help) ? help.Split('|', ',') : [];

    /// <summary>The first sentence, without its full stop: a line in a menu has no room for more.</summary>
    private static string Sentence(string? text) => (text ?? "").Split(". ")[0].TrimEnd('.');

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]*([|,][a-z0-9][a-z0-9.-]*)+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Choices();
}
