using System.CommandLine;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Running;
using OpenEntropy.Server.Hosting;
using ExitCodes = OpenEntropy.Cli.Running.ExitCodes;

namespace OpenEntropy.Cli.Server;

/// <summary><c>openentropy server</c>: the service in this process, with every option and configuration key of its own program.</summary>
internal sealed class ServerCommand : Command, IHasExamples
{
    private readonly CommandLineOptions _options = new();

    public ServerCommand(CommandConsole console)
        : base(
            "server",
            "Serves random bytes grown from this machine's noise by HTTP. Every configuration key can be given as --OpenEntropy:Key=value."
        )
    {
        _ = console; // it logs where the host says
        // Configuration keys are not options.
        TreatUnmatchedTokensAsErrors = false;
        foreach (var option in _options.Own)
            Add(option);
        SetAction((parsed, end) => RunAsync(Read(parsed), end));
    }

    public IReadOnlyList<(string Line, string Does)> Examples =>
        [
            ("openentropy server", "Serves on 127.0.0.1:8042 until it is stopped."),
            (
                "openentropy server --port 8043 --sources silicon,timing --allow-raw",
                "Two categories of sources on another port, raw samples too."
            ),
            (
                "openentropy server --OpenEntropy:Harvest:CpuBudget=0.05 --config /etc/openentropy.json",
                "Any key of the configuration, and a file of them."
            ),
        ];

    /// <summary>The command line as the service reads it.</summary>
    /// <exception cref="CommandFailureException">It was not understood.</exception>
    internal CommandLine Read(ParseResult parsed)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (CommandLine.TakeKeys(parsed.UnmatchedTokens, settings) is [var unknown, ..])
            throw new CommandFailureException(
                $"'{unknown}' is no option and no configuration key with a value; {OpenEntropyCommand.Name} server --help lists the options."
            );
        return _options.Read(parsed, settings, out var problem) ?? throw new CommandFailureException($"{problem}.");
    }

    private static async Task<int> RunAsync(CommandLine commandLine, CancellationToken end)
    {
        EntropyPool.Prepare();
        try
        {
            await using var app = ServerHost.Build(commandLine, new SignalsElsewhere());
            return await app.RunToEndAsync(end) == ExitCodes.Success
                ? ExitCodes.Success
                : throw new CommandFailureException("The harvest broke, so the service stopped; its log says how.", ExitCodes.BrokenOff);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return ExitCodes.Success; // asked to end while it started
        }
        catch (Exception exception) when (StartFailure.IsTold(exception))
        {
            throw new CommandFailureException(StartFailure.Describe(exception)!);
        }
    }
}
