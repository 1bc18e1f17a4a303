using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace OpenEntropy.Cli.Display;

/// <summary>The usual help, and below it the examples of the command.</summary>
/// <param name="usual">The usual help.</param>
internal sealed class ExamplesInHelp(HelpAction usual) : SynchronousCommandLineAction
{
    /// <summary>Adds the examples to the help of all commands.</summary>
    /// <param name="root">The program.</param>
    public static void AddTo(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExamplesInHelp((HelpAction)help.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not IHasExamples { Examples: { Count: > 0 } examples })
            return code;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var (line, does) in examples)
            output.WriteLine($"  {line}{Environment.NewLine}      {does}");
        output.WriteLine();
        return code;
    }
}
