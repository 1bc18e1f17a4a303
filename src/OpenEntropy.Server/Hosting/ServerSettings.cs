using Microsoft.Extensions.Options;
using OpenEntropy.Conditioning;
using OpenEntropy.Drbg;
using OpenEntropy.Harvest;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Pool;
using OpenEntropy.Server.Assessment;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Bundles;
using OpenEntropy.Server.Drills;
using OpenEntropy.Server.Hardening;
using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Proxies;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Security;
using OpenEntropy.Server.Security.Certificates;
using OpenEntropy.Server.Telemetry;
using OpenEntropy.Server.Tls;

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

    /// <summary>Who may ask and who may act.</summary>
    public required SecurityOptions Security { get; init; }

    /// <summary>Callers with certificates.</summary>
    public required ClientCertificateOptions ClientCertificates { get; init; }

    /// <summary>Who they are.</summary>
    public required IReadOnlyList<ClientSubject> ClientSubjects { get; init; }

    /// <summary>What callers may ask.</summary>
    public required LimitsOptions Limits { get; init; }

    /// <summary>What one request and one connection may be.</summary>
    public required HttpLimitsOptions HttpLimits { get; init; }

    /// <summary>The audit log.</summary>
    public required AuditOptions Audit { get; init; }

    /// <summary>Where metrics and traces are pushed.</summary>
    public required OtlpOptions Otlp { get; init; }

    /// <summary>TLS beside Kestrel's own section.</summary>
    public required TlsOptions Tls { get; init; }

    /// <summary>Which proxies are believed.</summary>
    public required ProxyOptions Proxies { get; init; }

    /// <summary>What the process keeps others from.</summary>
    public required HardeningOptions Hardening { get; init; }

    /// <summary>The engine's.</summary>
    public required EntropyPoolOptions Pool { get; init; }

    /// <summary>Reads every options class. A new one is one line here.</summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <exception cref="StartFailedException">Something below <c>OpenEntropy:</c> is unknown or invalid; all of it is named.</exception>
    public static ServerSettings Read(IConfiguration configuration)
    {
        var reader = new OptionsReader(configuration);
        var clients = reader.Read<ClientCertificateOptions>();
        var subjects = SubjectSettings.Read(configuration, clients, reader);
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
            ClientCertificates = clients,
            ClientSubjects = subjects,
            Limits = LimitsSettings.Read(configuration, subjects, reader),
            HttpLimits = reader.Read<HttpLimitsOptions>(),
            Audit = reader.Read<AuditOptions>(),
            Otlp = reader.Read<OtlpOptions>(),
            Tls = reader.Read<TlsOptions>(),
            Proxies = reader.Read<ProxyOptions>(),
            Hardening = reader.Read<HardeningOptions>(),
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

        if (KnownHosts.FindProblem(configuration) is { } name)
        {
            reader.Refuse(KnownHosts.Key, name);
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
        services.AddSingleton(Options.Create(Limits));
        services.AddSingleton(Options.Create(Otlp));
        services.AddSingleton(Options.Create(Tls));
        services.AddSingleton(Options.Create(Proxies));
        services.AddSingleton(Pool);
    }
}
