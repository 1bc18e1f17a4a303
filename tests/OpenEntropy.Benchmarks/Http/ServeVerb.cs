using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Benchmarks.Http;

/// <summary>The service as it is shipped, with routes beside its own that answer constant bodies: same process, same Kestrel, same middleware.</summary>
internal static class ServeVerb
{
    /// <summary>The word on the command line.</summary>
    public const string Name = "serve";

    /// <summary>Serves until killed.</summary>
    /// <param name="args">The server's own arguments.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        if (CommandLine.Parse(args, out var exitCode) is not { } commandLine)
        {
            return exitCode;
        }

        await using var app = ServerHost.Build(commandLine);
        foreach (var load in LoadCase.All)
        {
            ConstantRoute.Map(app, load);
        }

        return await app.RunToEndAsync();
    }
}
