using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OpenEntropy.Server.Assessment;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Bundles;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Metrics;
using OpenEntropy.Server.Randomness;
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
                Audit
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

    public ServedCertificates Certificates { get; } = new();

    public IAuditLog Audit { get; set; } = new NoAuditLog();

    public IMeterFactory Factory { get; }

    public string[] Lines() => _scrape.Render().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static void AssertLine(string line, string[] lines) =>
        Assert.True(lines.Contains(line, StringComparer.Ordinal), $"{line} is not in\n{string.Join('\n', lines)}");

    public void Dispose()
    {
        _scrape.Dispose();
        _services.Dispose();
    }
}
