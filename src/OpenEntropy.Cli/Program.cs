using OpenEntropy.Cli;
using OpenEntropy.Cli.Running;

return await OpenEntropyCommand.RunAsync(args, CommandConsole.OfProcess());
