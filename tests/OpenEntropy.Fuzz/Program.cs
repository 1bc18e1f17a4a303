using OpenEntropy;
using OpenEntropy.Fuzz;
using OpenEntropy.Fuzz.Hunts;
using OpenEntropy.Fuzz.Parsers;

// Does any input make a parser fail, or any request the service, or is one answered otherwise than it was asked? Progress, figures and findings go to standard output.
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
var targets = ParserTargets.All.Where(target => options.Only is null || target.Name == options.Only).ToList();
if (targets.Count == 0)
{
    await Console.Error.WriteLineAsync(
        $"--only is one of {string.Join(", ", ParserTargets.All.Select(target => target.Name))}, not {options.Only}."
    );
    return 2;
}

var limit = options.Seconds == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(options.Seconds);
var findings =
    options.TargetTries == 0
        ? 0
        : new TargetHunt(options.Seed, Console.Out) { Patience = TimeSpan.FromSeconds(30) }.Run(
            targets,
            options.From,
            options.TargetTries,
            limit,
            options.Keep
        );
if (options.Only is null)
{
    findings += ParserHunt.Run(options, Console.Out);
    findings += await HttpHunt.RunAsync(options, Console.Out);
}

await Console.Out.WriteLineAsync(findings == 0 ? "nothing was found" : $"{findings} findings");
return findings == 0 ? 0 : 1;
