using System.Diagnostics;
using OpenEntropy.Cli.Completion;
using OpenEntropy.Cli.Options;
using OpenEntropy.Cli.Running;
using Xunit;

namespace OpenEntropy.Cli.Tests.Completion;

/// <summary>The scripts, run by the shells they are for.</summary>
public sealed class CompletionCommandTests : IDisposable
{
    // What bash does at the tab key: the words are in COMP_WORDS, and the last of them is completed.
    private const string Bash =
        """source "$1"; read -ra COMP_WORDS <<<"$2"; [[ $2 == *" " ]] && COMP_WORDS+=(""); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _openentropy; printf '%s\n' "${COMPREPLY[@]}" """;

    // zsh's own functions belong to its line editor: these take their place.
    private const string Zsh = """
        compadd() { local seen; for word in "$@"; do [[ -n $seen && $word == ${last}* ]] && print -r -- "$before$word"; [[ $word == -- ]] && seen=1; done; true }
        compset() { [[ $last == *,* ]] && { before=${last%,*},; last=${last##*,}; }; true }
        _files() { print -rl -- ${last}*(N) }
        compdef() { }
        source "$1"; words=(${(z)2}); [[ $2 == *" " ]] && words+=(""); CURRENT=$#words; last=$words[-1]; before=
        _openentropy
        """;

    private const string Fish = """source $argv[1]; complete -C $argv[2]""";

    private readonly Folder _folder = new();

    public static TheoryData<string, string[]> Lines =>
        new()
        {
            { "openentropy sc", ["scan"] },
            { "openentropy completion z", ["zsh"] },
            { "openentropy bench --cond", ["--conditioning"] },
            { "openentropy bench --sources clock_j", ["clock_jitter"] },
            { "openentropy scan --sources fast,clock_j", ["fast,clock_jitter"] },
            { "openentropy bench --conditioning drbg,l", ["drbg,limited"] },
            { "openentropy probe page_f", ["page_fault_timing"] },
            { "openentropy analyze --format m", ["markdown"] },
            { "openentropy --vers", ["--version"] },
            { "openentropy bench --samples 1", [] },
            { "openentropy sessions sh", ["show"] },
            { "openentropy record fast", [] },
            { "openentropy record clock_ji", ["clock_jitter"] },
            { "openentropy verify a", ["a file"] },
            { "openentropy record --output b", ["b folder"] },
            { "openentropy sessions show b", ["b folder"] },
        };

    public void Dispose() => _folder.Dispose();

    [ShellTheory("bash")]
    [MemberData(nameof(Lines))]
    public void Bash_AtTheTabKey_Completes(string line, string[] words) =>
        Assert.Equal(words, Completed("bash", ["--norc", "-c", Bash, "bash"], line));

    [ShellTheory("zsh")]
    [MemberData(nameof(Lines))]
    public void Zsh_AtTheTabKey_Completes(string line, string[] words) =>
        Assert.Equal(words, Completed("zsh", ["-f", "-c", Zsh, "zsh"], line));

    [ShellTheory("fish")]
    [MemberData(nameof(Lines))]
    public void Fish_AtTheTabKey_Completes(string line, string[] words) =>
        Assert.Equal(
            words,
            Completed("fish", ["--no-config", "-c", Fish], line)
                .Select(each => each.Split('\t')[0].Replace("\\ ", " ", StringComparison.Ordinal).TrimEnd('/'))
        );

    [Fact]
    public void Completion_OfEveryShell_KnowsEveryCommandOptionAndSource()
    {
        var root = OpenEntropyCommand.Root(new CommandConsole(() => Stream.Null, () => Stream.Null, TextWriter.Null, ShowsProgress: false));
        foreach (var shell in (string[])["bash", "zsh", "fish"])
        {
            var script = RunOf.Program(input: null, "completion", shell).Out;
            Assert.All(root.Subcommands, command => Assert.Contains(command.Name, script, StringComparison.Ordinal));
            Assert.All(
                root.Subcommands.SelectMany(command => command.Options),
                option => Assert.Contains(shell == "fish" ? $"-l {option.Name[2..]} " : option.Name, script, StringComparison.Ordinal)
            );
            Assert.All(Catalog.Sources, source => Assert.Contains(source.Name, script, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Of_EveryOption_TellsWhetherAValueFollows()
    {
        var model = CompletionModel.Of(
            OpenEntropyCommand.Root(new CommandConsole(() => Stream.Null, () => Stream.Null, TextWriter.Null, ShowsProgress: false))
        );

        var bench = model
            .Commands.Single(command => command.Name == "bench")
            .Options.ToDictionary(option => option.Names[0], option => option.Value);
        Assert.Equal(
            (ValueKind.Sources, ValueKind.List, ValueKind.Free, (ValueKind?)null),
            (bench["--sources"], bench["--conditioning"], bench["--samples"], bench["--json"])
        );
    }

    [Theory]
    [InlineData("SHELL is 'tcsh', and can be bash, zsh, fish.", "tcsh")]
    [InlineData("completion")]
    public void Completion_OfAnotherShell_IsRefused(string why, params string[] args)
    {
        var run = RunOf.Program(input: null, ["completion", .. args]);

        Assert.Equal((ExitCodes.Usage, ""), (run.ExitCode, run.Out));
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
    }

    /// <summary>The words that a shell offers for the last word of a line.</summary>
    private string[] Completed(string shell, string[] start, string line)
    {
        var script = _folder.Path("script");
        File.WriteAllText(script, RunOf.Program(input: null, "completion", shell).Out);
        _ = _folder.Write("a file", []);
        Directory.CreateDirectory(_folder.Path("b folder"));
        using var process = Process.Start(
            new ProcessStartInfo(shell, [.. start, script, line])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = _folder.Path(""),
                Environment = { ["HOME"] = _folder.Path(""), ["XDG_DATA_HOME"] = _folder.Path("") },
            }
        )!;
        var error = process.StandardError.ReadToEndAsync();
        var words = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal("", error.GetAwaiter().GetResult());
        return words.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
