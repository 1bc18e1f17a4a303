using OpenEntropy.Cli;

return OpenEntropyCommand.Run(args, CommandConsole.OfProcess());
