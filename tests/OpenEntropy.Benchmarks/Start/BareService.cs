using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace OpenEntropy.Benchmarks.Start;

/// <summary>The least a web service on this platform can be: a constant body.</summary>
internal static class BareService
{
    /// <summary>The word on the command line.</summary>
    public const string Name = "bare";

    /// <summary>Where the body is.</summary>
    public const string Path = "/constant";

    /// <summary>Serves until killed.</summary>
    /// <param name="port">Where to listen.</param>
    public static async Task<int> RunAsync(string port)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        await using var app = builder.Build();
        app.MapGet(Path, () => "42");
        await app.RunAsync($"http://127.0.0.1:{port}");
        return 0;
    }
}
