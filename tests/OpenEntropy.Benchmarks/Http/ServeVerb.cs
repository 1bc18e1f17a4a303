using Microsoft.Extensions.DependencyInjection;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Metrics;

namespace OpenEntropy.Benchmarks.Http;

/// <summary>The service as it is shipped, with routes beside its own that answer constant bodies: same process, same Kestrel, same middleware.</summary>
internal static class ServeVerb
{
    /// <summary>The word on the command line.</summary>
    public const string Name = "serve";

    /// <summary>The word for a service whose seed blocks come from a script.</summary>
    public const string SuppliedName = "serve-supplied";

    /// <summary>The word for a service in which nobody listens to what the web server measures, and which cannot be scraped.</summary>
    public const string UnmeasuredName = "serve-unmeasured";

    /// <summary>Serves until killed.</summary>
    /// <param name="verb">The role.</param>
    /// <param name="args">The server's own arguments.</param>
    public static async Task<int> RunAsync(string verb, string[] args)
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

        if (verb == UnmeasuredName)
        {
            app.Services.GetRequiredService<PrometheusScrape>().Dispose(); // the only one there is ever
        }

        using var supply = verb == SuppliedName ? new ScriptedSupply(app.Services.GetRequiredService<EntropyPool>()) : null;
        return await app.RunToEndAsync();
    }
}
