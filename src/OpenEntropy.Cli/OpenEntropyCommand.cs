using System.CommandLine;
using OpenEntropy.Cli.Analyze;

namespace OpenEntropy.Cli;

/// <summary>The program <c>openentropy</c>: a folder and a line here for each command.</summary>
internal static class OpenEntropyCommand
{
    /// <summary>Runs what the arguments say.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="console">Where to read and write; help goes to the process's own output.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(string[] args, CommandConsole console)
    {
        var root = new RootCommand("Assesses noise and randomness.") { new AnalyzeCommand(console).Command };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count == 0)
            return parsed.Invoke();
        foreach (var error in parsed.Errors)
            console.Error.WriteLine($"openentropy: {error.Message}");
        console.Error.WriteLine("openentropy --help lists the commands, openentropy COMMAND --help its options.");
        return ExitCodes.Usage;
    }
}
