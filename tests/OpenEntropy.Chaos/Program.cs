using OpenEntropy.Chaos;
using OpenEntropy.Chaos.Trials;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

// What survives? Starts the built service on this machine's noise and does to it what may happen to a service.
// Exit code 0: everything held, 1: something did not, 2: the command line is wrong, or the service does not start.
try
{
    var options = ChaosOptions.Parse(args);
    var holds = options.Verb switch
    {
        ChaosVerb.Chaos => await ChaosRun.RunAsync(options, Console.Out),
        ChaosVerb.Soak => await SoakRun.RunAsync(options, Console.Out),
        _ => await DuplicateHunt.RunAsync(options, Console.Out),
    };
    await Console.Out.WriteLineAsync(holds ? "everything held" : "NOT everything held");
    return holds ? 0 : 1;
}
catch (Exception exception) when (exception is FormatException or ServiceDoesNotStartException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}
