using System.CommandLine;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Completion;

/// <summary><c>openentropy completion</c>: a script by which a shell completes commands, options and names of sources.</summary>
internal sealed class CompletionCommand : Command, IHasExamples
{
    private static readonly Dictionary<string, Func<CompletionModel, string>> s_shells = new(StringComparer.Ordinal)
    {
        ["bash"] = BashScript.Of,
        ["zsh"] = ZshScript.Of,
        ["fish"] = FishScript.Of,
    };

    public CompletionCommand(CommandConsole console)
        : base("completion", "Writes a script by which a shell completes commands, options and names of sources.")
    {
        var shell = new Argument<string>("SHELL") { Description = "The shell.", HelpName = string.Join('|', s_shells.Keys) };
        shell.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }] && !s_shells.ContainsKey(given))
                result.AddError($"SHELL is '{given}', and can be {string.Join(", ", s_shells.Keys)}.");
        });
        Add(shell);
        SetAction(parsed =>
        {
            TextOutput.Write(console, s_shells[parsed.GetRequiredValue(shell)](CompletionModel.Of(parsed.RootCommandResult.Command)));
            return ExitCodes.Success;
        });
    }

    public IReadOnlyList<(string Line, string Does)> Examples =>
        [
            ("source <(openentropy completion bash)", "For the bash that runs."),
            ("openentropy completion zsh > ~/.zfunc/_openentropy", "For every zsh to come whose fpath has ~/.zfunc."),
            ("openentropy completion fish > ~/.config/fish/completions/openentropy.fish", "For every fish to come."),
        ];
}
