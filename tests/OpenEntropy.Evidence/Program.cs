using OpenEntropy.Evidence;

return EvidenceCommand.Run(args, new EvidenceConsole(Console.Out, Console.Error, TimeProvider.System));
