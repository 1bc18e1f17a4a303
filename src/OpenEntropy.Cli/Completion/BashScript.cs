using System.Text;

namespace OpenEntropy.Cli.Completion;

/// <summary>The script for bash.</summary>
internal static class BashScript
{
    public static string Of(CompletionModel model)
    {
        var script = new StringBuilder();
        script.Append(
            $$"""
            # Completion of openentropy for bash: source it, or put it where bash-completion looks for it.
            _openentropy_list() {
              local before=
              case $cur in *,*) before=${cur%,*}, ;; esac
              COMPREPLY=($(compgen -P "$before" -W "$1" -- "${cur##*,}"))
              compopt -o nospace 2>/dev/null
            }
            _openentropy_files() {
              mapfile -t COMPREPLY < <(compgen "$1" -- "$cur")
              compopt -o filenames 2>/dev/null
            }
            _openentropy() {
              local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= i
              local sources='{{string.Join(' ', model.Sources)}}' known='{{string.Join(' ', model.KnownSources)}}'
              for ((i = 1; i < COMP_CWORD; i++)); do
                case "${command:+$command }${COMP_WORDS[i]}" in
                  {{string.Join(
                '|',
                model.Commands.Select(command => $"'{command.Name}'")
            )}}) command="${command:+$command }${COMP_WORDS[i]}" ;;
                esac
              done
              COMPREPLY=()
              case "$command $prev" in

            """
        );
        foreach (var (command, option) in model.Values)
            script.Append(
                $"    {string.Join('|', option.Names.Select(name => $"'{command} {name}'"))}) {Value(option.Value, option.Words)} return ;;\n"
            );
        script.Append("  esac\n  case $command:$cur in\n");
        foreach (var command in model.Commands.Append(model.Program))
            script.Append($"    '{command.Name}':-*) {Words(command.Options.SelectMany(option => option.Names))} ;;\n");
        script.Append($"    :*) {Words(model.First.Select(command => command.Name))} ;;\n");
        foreach (var command in model.Commands.Where(command => command.Argument is not null))
            script.Append($"    '{command.Name}':*) {Value(command.Argument, command.Words)} ;;\n");
        script.Append("  esac\n}\ncomplete -F _openentropy openentropy\n");
        return script.ToString();
    }

    private static string Value(ValueKind? kind, IReadOnlyList<string> words) =>
        kind switch
        {
            ValueKind.Sources => "_openentropy_list \"$sources\";",
            ValueKind.List => $"_openentropy_list '{string.Join(' ', words)}';",
            ValueKind.Word => Words(words),
            ValueKind.KnownSources => "_openentropy_list \"$known\";",
            ValueKind.File => "_openentropy_files -f;",
            ValueKind.Folder => "_openentropy_files -d;",
            _ => "",
        };

    private static string Words(IEnumerable<string> words) => $"COMPREPLY=($(compgen -W '{string.Join(' ', words)}' -- \"$cur\"));";
}
