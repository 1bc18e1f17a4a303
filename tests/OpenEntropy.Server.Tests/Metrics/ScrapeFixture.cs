using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenEntropy.Server.Assessment;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Bundles;
using OpenEntropy.Server.Drills;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Metrics;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.SelfTests;
using OpenEntropy.Server.Tls;
using Xunit;

namespace OpenEntropy.Server.Tests.Metrics;

/// <summary>The exporter over accounts that a test sets, with a meter factory of its own.</summary>
internal sealed class ScrapeFixture : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly PrometheusScrape _scrape;

    public ScrapeFixture()
    {
        Factory = _services.GetRequiredService<IMeterFactory>();
        var snapshot = new StatusSnapshot(() => Status, TimeProvider.System);
        _scrape = new PrometheusScrape(
            Factory,
            snapshot,
            new EntropyMetrics(
                Factory,
                snapshot,
                Assessments,
                Assessor,
                new BundleCounts(),
                Served,
                BrokenOff,
                Refusals,
                Certificates,
                Limits,
                Callers,
                Reloads,
                Audit,
                Deviations,
                Drills,
                SelfTests
            )
        );
    }

    public EntropyPoolStatus Status { get; set; } = SampleStatus.Pool();

    /// <summary>Kept in memory: no directory can be made below a file of the system.</summary>
    public AssessmentHistory Assessments { get; } = new(new HistoryFile("/dev/null/openentropy"));

    public AssessmentBoard Assessor { get; } = new();

    public ServedBytes Served { get; } = new();

    public BrokenOffCounts BrokenOff { get; } = new();

    public RefusalCounts Refusals { get; } = new();

    public DrillBoard Drills { get; } = new();

    public SelfTestBoard SelfTests { get; } = new();

    public ServedCertificates Certificates { get; } = new();

    public LimitCounts Limits { get; } = new();

    public CallerAccounts Callers { get; } = new(Options.Create(new LimitsOptions()), TimeProvider.System);

    public CertificateCounts Reloads { get; } = new();

    public IAuditLog Audit { get; set; } = new NoAuditLog();

    public DeviationBoard Deviations { get; } = new();

    public IMeterFactory Factory { get; }

    public string[] Lines() => _scrape.RenderAsync().GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static void AssertLine(string line, string[] lines) =>
        Assert.True(lines.Contains(line, StringComparer.Ordinal), $"{line} is not in\n{string.Join('\n', lines)}");

    public void Dispose()
    {
        _scrape.Dispose();
        _services.Dispose();
    }
}
