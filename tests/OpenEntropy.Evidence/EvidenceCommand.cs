using System.CommandLine;
using OpenEntropy.Evidence.Commands;

namespace OpenEntropy.Evidence;

/// <summary>The program: a line here for each command.</summary>
internal static class EvidenceCommand
{
    private const string Name = "evidence";

    private const string Description = """
        Takes the evidence behind the claim of each noise source, and generates the documents that are made of it and of the catalog.

        Exit codes: 0: done; 1: a source that is available could not be measured, none selected is available, or switching left something behind
        (fewer rounds of switching than asked for, because the time was over, are said and are 0); 2: the command line was not understood or a file could not be written.
        """;

    // By default an exception is printed with its stack and becomes 1, which means something else here.
    private static readonly InvocationConfiguration s_invocation = new() { EnableDefaultExceptionHandler = false };

    /// <summary>Runs what the arguments say.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="console">Where to write; help goes to the process's own output.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(string[] args, EvidenceConsole console)
    {
        var root = new RootCommand(Description)
        {
            new RecordCommand(console).Command,
            new TableCommand(console).Command,
            new CorrelateCommand(console).Command,
            new SwitchCommand(console).Command,
            DocumentCommand.Matrix(console),
            DocumentCommand.Catalogue(console),
        };
        root.HelpName = Name;
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                console.Error.WriteLine($"{Name}: {error.Message}");
            console.Error.WriteLine($"{Name} --help lists the commands, {Name} COMMAND --help its options.");
            return ExitCodes.Usage;
        }

        try
        {
            return parsed.Invoke(s_invocation);
        }
        catch (Exception exception)
            when (exception is UsageException or EntropyConfigurationException or IOException or UnauthorizedAccessException)
        {
            var message = exception.Message.ReplaceLineEndings(" ");
            console.Error.WriteLine($"{Name}: {message}");
            return ExitCodes.Usage;
        }
    }
}
