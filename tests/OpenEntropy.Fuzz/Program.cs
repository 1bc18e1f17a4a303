using OpenEntropy;
using OpenEntropy.Fuzz;
using OpenEntropy.Fuzz.Hunts;

// Does any request make the service fail, or answer otherwise than it was asked? Progress, figures and findings go to standard output.
// Exit code 0: nothing was found, 1: something was, 2: the command line is wrong, or the service could not be started.
FuzzOptions options;
try
{
    options = FuzzOptions.Parse(args);
}
catch (FormatException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}

await Console.Out.WriteLineAsync($"seed {options.Seed}");
EntropyPool.Prepare();
var findings = ParserHunt.Run(options, Console.Out);
findings += await HttpHunt.RunAsync(options, Console.Out);
await Console.Out.WriteLineAsync(findings == 0 ? "nothing was found" : $"{findings} findings");
return findings == 0 ? 0 : 1;
