using System.Text;

namespace OpenEntropy.Cli.Completion;

/// <summary>The script for zsh.</summary>
internal static class ZshScript
{
    public static string Of(CompletionModel model)
    {
        var script = new StringBuilder();
        script.Append(
            $$"""
            #compdef openentropy
            # Completion of openentropy for zsh: source it after compinit, or put it into fpath as _openentropy.
            _openentropy_list() {
              compset -P '*,'
              compadd -S '' -- "$@"
            }
            _openentropy() {
              local cur=${words[CURRENT]} prev=${words[CURRENT-1]} command= i
              local -a sources known
              sources=({{string.Join(' ', model.Sources)}})
              known=({{string.Join(' ', model.KnownSources)}})
              for ((i = 2; i < CURRENT; i++)); do
                case "${command:+$command }${words[i]}" in
                  ({{string.Join(
                '|',
                model.Commands.Select(command => $"'{command.Name}'")
            )}}) command="${command:+$command }${words[i]}" ;;
                esac
              done
              case "$command $prev" in

            """
        );
        foreach (var (command, option) in model.Values)
            script.Append(
                $"    ({string.Join('|', option.Names.Select(name => $"'{command} {name}'"))}) {Value(option.Value, option.Words)} return ;;\n"
            );
        script.Append("  esac\n  case $command:$cur in\n");
        foreach (var command in model.Commands.Append(model.Program))
            script.Append(
                $"    ('{command.Name}':-*) compadd -- {string.Join(' ', command.Options.SelectMany(option => option.Names))} ;;\n"
            );
        script.Append($"    (:*) compadd -- {string.Join(' ', model.First.Select(command => command.Name))} ;;\n");
        foreach (var command in model.Commands.Where(command => command.Argument is not null))
            script.Append($"    ('{command.Name}':*) {Value(command.Argument, command.Words)} ;;\n");
        script.Append(
            """
              esac
            }
            if [[ ${funcstack[1]} == _openentropy ]]; then _openentropy "$@"; else compdef _openentropy openentropy; fi

            """
        );
        return script.ToString();
    }

    private static string Value(ValueKind? kind, IReadOnlyList<string> words) =>
        kind switch
        {
            ValueKind.Sources => "_openentropy_list $sources;",
            ValueKind.List => $"_openentropy_list {string.Join(' ', words)};",
            ValueKind.Word => $"compadd -- {string.Join(' ', words)};",
            ValueKind.KnownSources => "_openentropy_list $known;",
            ValueKind.File => "_files;",
            ValueKind.Folder => "_files -/;",
            _ => "",
        };
}
