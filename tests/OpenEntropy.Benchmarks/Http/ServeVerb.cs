using Microsoft.Extensions.DependencyInjection;
using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Benchmarks.Http;

/// <summary>The service as it is shipped, with routes beside its own that answer constant bodies: same process, same Kestrel, same middleware.</summary>
internal static class ServeVerb
{
    /// <summary>The word on the command line.</summary>
    public const string Name = "serve";

    /// <summary>The word for a service whose seed blocks come from a script.</summary>
    public const string SuppliedName = "serve-supplied";

    /// <summary>Serves until killed.</summary>
    /// <param name="isSupplied">Whether seed blocks come from a script.</param>
    /// <param name="args">The server's own arguments.</param>
    public static async Task<int> RunAsync(bool isSupplied, string[] args)
    {
        if (CommandLine.Parse(args, out var exitCode) is not { } commandLine)
        {
            return exitCode;
        }

        await using var app = ServerHost.Build(commandLine);
        AllocatedRoute.Map(app);
        foreach (var load in LoadCase.All)
        {
            if (load.IsStream)
            {
                ZerosRoute.Map(app, load);
            }
            else
            {
                ConstantRoute.Map(app, load);
            }
        }

        using var supply = isSupplied ? new ScriptedSupply(app.Services.GetRequiredService<EntropyPool>()) : null;
        return await app.RunToEndAsync();
    }
}
