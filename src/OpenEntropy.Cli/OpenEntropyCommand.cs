using System.CommandLine;
using OpenEntropy.Cli.Analyze;

namespace OpenEntropy.Cli;

/// <summary>The program <c>openentropy</c>: a folder and a line here for each command.</summary>
internal static class OpenEntropyCommand
{
    private const string Name = "openentropy";

    // By default an exception is printed with its stack and becomes 1, which is a verdict here.
    private static readonly InvocationConfiguration s_invocation = new() { EnableDefaultExceptionHandler = false };

    /// <summary>Runs what the arguments say.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="console">Where to read and write; help goes to the process's own output.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(string[] args, CommandConsole console)
    {
        try
        {
            var root = new RootCommand("Assesses noise and randomness.") { new AnalyzeCommand(console).Command };
            root.HelpName = Name;
            var parsed = root.Parse(args);
            if (parsed.Errors.Count == 0)
                return parsed.Invoke(s_invocation);
            foreach (var error in parsed.Errors)
                console.Error.WriteLine($"{Name}: {error.Message}");
            console.Error.WriteLine($"{Name} --help lists the commands, {Name} COMMAND --help its options.");
            return ExitCodes.Usage;
        }
        catch (Exception exception)
        {
            console.Error.WriteLine($"{Name}: {Words(exception.GetBaseException())}");
            return ExitCodes.Fault;
        }
    }

    private static string Words(Exception exception) =>
        exception is OutOfMemoryException
            ? "The memory does not suffice for this."
            : $"This is a fault of the program ({exception.GetType().Name}): {exception.Message.ReplaceLineEndings(" ")}";
}
