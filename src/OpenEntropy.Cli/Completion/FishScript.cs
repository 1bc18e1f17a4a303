using System.Text;

namespace OpenEntropy.Cli.Completion;

/// <summary>The script for fish.</summary>
internal static class FishScript
{
    public static string Of(CompletionModel model)
    {
        var script = new StringBuilder();
        script.Append(
            $$"""
            # Completion of openentropy for fish: source it, or put it into ~/.config/fish/completions.
            function __openentropy_list
                set -l token (commandline -ct)
                set -l before (string match -r '^.*,' -- $token)
                printf "$before%s\n" $argv
            end
            function __openentropy_sources
                __openentropy_list {{string.Join(' ', model.Sources)}}
            end
            function __openentropy_known_sources
                __openentropy_list {{string.Join(' ', model.KnownSources)}}
            end
            complete -c openentropy -f

            """
        );
        foreach (var option in model.Program.Options)
            script.Append(Line("__fish_use_subcommand", option));
        foreach (var command in model.Commands)
        {
            var words = command.Name.Split(' ');
            if (words.Length == 1)
                script.Append($"complete -c openentropy -n __fish_use_subcommand -a {command.Name} -d {Quoted(command.Description)}\n");
            var here = $"'{string.Join("; and ", words.Select(word => $"__fish_seen_subcommand_from {word}"))}'";
            if (command.Argument is { } argument)
                script.Append($"complete -c openentropy -n {here}{Value(argument, command.Words, isOption: false)}\n");
            foreach (var option in command.Options)
                script.Append(Line(here, option));
        }

        return script.ToString();
    }

    private static string Line(string where, CompletedOption option)
    {
        var names = string.Concat(
            option.Names.Select(name => name.StartsWith("--", StringComparison.Ordinal) ? $" -l {name[2..]}" : $" -s {name[1..]}")
        );
        return $"complete -c openentropy -n {where}{names}{(option.Value is { } value ? Value(value, option.Words, isOption: true) : "")} -d {Quoted(option.Description)}\n";
    }

    private static string Value(ValueKind kind, IReadOnlyList<string> words, bool isOption) =>
        kind switch
        {
            ValueKind.Sources => $"{Alone(isOption)} -a '(__openentropy_sources)'",
            ValueKind.List => $"{Alone(isOption)} -a '(__openentropy_list {string.Join(' ', words)})'",
            ValueKind.Word => $"{Alone(isOption)} -a '{string.Join(' ', words)}'",
            ValueKind.KnownSources => $"{Alone(isOption)} -a '(__openentropy_known_sources)'",
            ValueKind.File => isOption ? " -r -F" : " -F",
            ValueKind.Folder => $"{Alone(isOption)} -a '(__fish_complete_directories)'",
            _ => Alone(isOption),
        };

    /// <summary>An option's value is needed, and no file is offered for it.</summary>
    private static string Alone(bool isOption) => isOption ? " -x" : "";

    private static string Quoted(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
