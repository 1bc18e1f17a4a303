using OpenEntropy;
using OpenEntropy.Server.Hosting;

if (CommandLine.Parse(args, out var exitCode) is not { } commandLine)
{
    return exitCode;
}

EntropyPool.Prepare();
try
{
    await using var app = ServerHost.Build(commandLine);
    return await app.RunToEndAsync();
}
catch (Exception exception) when (StartFailure.IsTold(exception))
{
    Console.Error.WriteLine(StartFailure.Describe(exception));
    return ExitCodes.Failure;
}
