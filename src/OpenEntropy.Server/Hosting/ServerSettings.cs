using Microsoft.Extensions.Options;
using OpenEntropy.Conditioning;
using OpenEntropy.Drbg;
using OpenEntropy.Harvest;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Pool;
using OpenEntropy.Server.Assessment;
using OpenEntropy.Server.Bundles;
using OpenEntropy.Server.Drills;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Security;
using OpenEntropy.Server.Telemetry;

namespace OpenEntropy.Server.Hosting;

/// <summary>All options of the service, read and found valid.</summary>
internal sealed record ServerSettings
{
    /// <summary>Where the service listens.</summary>
    public required ServerOptions Server { get; init; }

    /// <summary>How it logs.</summary>
    public required LoggingOptions Logging { get; init; }

    /// <summary>What a request may ask.</summary>
    public required RandomnessOptions Randomness { get; init; }

    /// <summary>How the service assesses its own sources.</summary>
    public required AssessmentOptions Assessment { get; init; }

    /// <summary>Bundles of post-quantum keys.</summary>
    public required BundleOptions Bundles { get; init; }

    /// <summary>Whether parts of the service can be made to fail on purpose.</summary>
    public required DrillOptions Drills { get; init; }

    /// <summary>Who may act.</summary>
    public required SecurityOptions Security { get; init; }

    /// <summary>Where metrics and traces are pushed.</summary>
    public required OtlpOptions Otlp { get; init; }

    /// <summary>The engine's.</summary>
    public required EntropyPoolOptions Pool { get; init; }

    /// <summary>Reads every options class. A new one is one line here.</summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <exception cref="StartFailedException">Something below <c>OpenEntropy:</c> is unknown or invalid; all of it is named.</exception>
    public static ServerSettings Read(IConfiguration configuration)
    {
        var reader = new OptionsReader(configuration);
        var drills = reader.Read<DrillOptions>();
        var settings = new ServerSettings
        {
            Server = reader.Read<ServerOptions>(),
            Logging = reader.Read<LoggingOptions>(),
            Randomness = reader.Read<RandomnessOptions>(),
            Assessment = reader.Read<AssessmentOptions>(),
            Bundles = reader.Read<BundleOptions>(),
            Drills = drills,
            Security = reader.Read<SecurityOptions>(),
            Otlp = reader.Read<OtlpOptions>(),
            Pool = new EntropyPoolOptions
            {
                Sources = reader.Read<SourcesOptions>(),
                Harvest = reader.Read<HarvestOptions>(),
                Health = reader.Read<HealthOptions>(),
                Conditioning = reader.Read<ConditioningOptions>(),
                Pool = reader.Read<SeedPoolOptions>(),
                Drbg = reader.Read<DrbgOptions>(),
                Storage = reader.Read<StorageOptions>(),
                AllowDrills = drills.Enabled,
            },
        };
        if (!Path.IsPathFullyQualified(settings.Pool.Storage.Directory))
        {
            // Nothing is ever written relative to wherever the process happened to be started.
            reader.Refuse(
                $"{StorageOptions.Section}:{nameof(StorageOptions.Directory)}",
                $"'{settings.Pool.Storage.Directory}' is not an absolute path"
            );
        }
        else if (StorageDirectory.WhyNot(settings.Pool.Storage.Directory) is { } why)
        {
            reader.Refuse($"{StorageOptions.Section}:{nameof(StorageOptions.Directory)}", why);
        }

        SourceSettings.Read(configuration, settings.Pool, reader);
        reader.RefuseUnknownKeys();
        return reader.Problems.Count == 0 ? settings : throw new StartFailedException(string.Join(Environment.NewLine, reader.Problems));
    }

    /// <summary>Makes the service's own options available to its parts.</summary>
    /// <param name="services">The services.</param>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(Options.Create(Server));
        services.AddSingleton(Options.Create(Randomness));
        services.AddSingleton(Options.Create(Assessment));
        services.AddSingleton(Options.Create(Bundles));
        services.AddSingleton(Options.Create(Drills));
        services.AddSingleton(Options.Create(Security));
        services.AddSingleton(Options.Create(Otlp));
        services.AddSingleton(Pool);
    }
}
