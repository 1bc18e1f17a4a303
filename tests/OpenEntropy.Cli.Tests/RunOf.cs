using System.Text;
using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Tests;

/// <summary>One run of the program within this process, and what it wrote.</summary>
internal sealed record RunOf(int ExitCode, string Out, string Error)
{
    /// <summary>Runs it.</summary>
    /// <param name="input">Standard input; null: none may be read.</param>
    /// <param name="args">The arguments.</param>
    public static RunOf Program(byte[]? input, params string[] args) => Program(input, showsProgress: false, args);

    public static RunOf Program(byte[]? input, bool showsProgress, params string[] args) =>
        Program(input, console => console with { ShowsProgress = showsProgress }, args);

    /// <summary>Runs it on another console.</summary>
    /// <param name="input">Standard input; null: none may be read.</param>
    /// <param name="set">Changes the console.</param>
    /// <param name="args">The arguments.</param>
    public static RunOf Program(byte[]? input, Func<CommandConsole, CommandConsole> set, params string[] args)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var console = new CommandConsole(
            () => input is null ? throw new InvalidOperationException("Standard input was read.") : new MemoryStream(input),
            () => output,
            error,
            ShowsProgress: false
        );
        var code = OpenEntropyCommand.RunAsync(args, set(console), CancellationToken.None).GetAwaiter().GetResult();
        return new RunOf(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
