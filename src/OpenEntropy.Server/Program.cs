using OpenEntropy.Server.Documentation;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Harvest;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Metrics;
using OpenEntropy.Server.Pool;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Sources;

if (CommandLine.Parse(args, out var exitCode) is not { } commandLine)
{
    return exitCode;
}

try
{
    var builder = ServerHost.CreateBuilder(commandLine);
    var settings = ServerSettings.Read(builder.Configuration);
    settings.AddTo(builder.Services);
    builder.AddServerLogging(settings);
    builder.AddServerKestrel(settings.Server);
    builder.Services.AddHarvest();
    builder.Services.AddHostedService<StateWatcher>();
    builder.Services.AddEntropyMetrics();
    builder.Services.AddDocumentation();

    await using var app = builder.Build();
    app.UseMiddleware<JsonErrors>();
    app.MapRandom();
    app.MapHealth();
    app.MapSources();
    app.MapPool();
    app.MapMetrics();
    app.MapDocumentation();
    return await app.RunToEndAsync();
}
catch (Exception exception) when (StartFailure.IsTold(exception))
{
    Console.Error.WriteLine(StartFailure.Describe(exception));
    return ExitCodes.Failure;
}
