using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using OpenEntropy.Cli.Analyze;
using OpenEntropy.Cli.ApiKeys;
using OpenEntropy.Cli.Audit;
using OpenEntropy.Cli.Bench;
using OpenEntropy.Cli.Completion;
using OpenEntropy.Cli.Devices;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Drills;
using OpenEntropy.Cli.Monitor;
using OpenEntropy.Cli.Pools;
using OpenEntropy.Cli.Probe;
using OpenEntropy.Cli.Recording;
using OpenEntropy.Cli.Report;
using OpenEntropy.Cli.Running;
using OpenEntropy.Cli.Scan;
using OpenEntropy.Cli.SelfTests;
using OpenEntropy.Cli.Server;
using OpenEntropy.Cli.Sessions;
using OpenEntropy.Cli.Streaming;
using OpenEntropy.Cli.Verifying;

namespace OpenEntropy.Cli;

/// <summary>The program <c>openentropy</c>: a folder and a line here for each command.</summary>
internal static class OpenEntropyCommand
{
    /// <summary>The program's name, with which every line on standard error begins.</summary>
    public const string Name = "openentropy";

    /// <summary>The version of the program.</summary>
    public static string ProductVersion { get; } =
        typeof(OpenEntropyCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    // By default an exception is printed with its stack and becomes 1, which is a verdict here; and signals would be taken twice.
    private static readonly InvocationConfiguration s_invocation = new()
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    /// <summary>Runs what the arguments say until it is done or a signal ends it.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="console">Where to read and write; help goes to the process's own output.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args, CommandConsole console)
    {
        using var signals = new EndSignals();
        try
        {
            return await RunAsync(args, console, signals.Token);
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            return signals.ExitCode;
        }
    }

    /// <summary>Runs what the arguments say.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="console">Where to read and write; help goes to the process's own output.</param>
    /// <param name="end">Asks a command that runs to end.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="OperationCanceledException">It was asked to end before it was done.</exception>
    public static async Task<int> RunAsync(string[] args, CommandConsole console, CancellationToken end)
    {
        try
        {
            var parsed = Root(console).Parse(args);
            if (parsed.Action is not ParseErrorAction) // help is given to a command line that lacks something, too
                return await parsed.InvokeAsync(s_invocation, end);
            foreach (var error in parsed.Errors)
                console.Error.WriteLine($"{Name}: {error.Message}");
            console.Error.WriteLine($"{Name} --help lists the commands, {Name} COMMAND --help its options.");
            return ExitCodes.Usage;
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            throw;
        }
        catch (CommandFailureException failure)
        {
            console.Error.WriteLine($"{Name}: {failure.Message.ReplaceLineEndings(" ")}");
            return failure.ExitCode;
        }
        catch (Exception exception)
        {
            console.Error.WriteLine($"{Name}: {Words(exception.GetBaseException())}");
            return ExitCodes.Fault;
        }
    }

    /// <summary>All commands.</summary>
    /// <param name="console">Where they read and write.</param>
    internal static RootCommand Root(CommandConsole console)
    {
        var root = new RootCommand(
            "Entropy from the noise of this machine: looks at its sources, gives and serves random bytes, and assesses both."
        )
        {
            new AnalyzeCommand(console),
            new AuditCommand(console),
            new BenchCommand(console),
            new CompletionCommand(console),
            new DeviceCommand(console),
            new KeyCommand(console),
            new DrillCommand(console),
            new MonitorCommand(console),
            new PoolCommand(console),
            new ProbeCommand(console),
            new RecordCommand(console),
            new ReportCommand(console),
            new ScanCommand(console),
            new SelfTestCommand(console),
            new ServerCommand(console),
            new SessionsCommand(console),
            new StreamCommand(console),
            new VerifyCommand(console),
        };
        root.HelpName = Name;
        ExamplesInHelp.AddTo(root);
        return root;
    }

    private static string Words(Exception exception) =>
        exception is OutOfMemoryException
            ? "The memory does not suffice for this."
            : $"This is a fault of the program ({exception.GetType().Name}): {exception.Message.ReplaceLineEndings(" ")}";
}
