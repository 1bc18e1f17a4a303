using System.Diagnostics.Metrics;
using OpenEntropy.Server.Assessment;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Bundles;
using OpenEntropy.Server.Drills;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.SelfTests;
using OpenEntropy.Server.Tls;

namespace OpenEntropy.Server.Metrics;

/// <summary>
/// The one meter: every instrument is declared here, in <see cref="SourceMetrics"/>, <see cref="CollectionMetrics"/>, <see cref="AssessmentMetrics"/>, <see cref="BundleMetrics"/>,
/// <see cref="AnswerMetrics"/>, <see cref="LimitMetrics"/>, <see cref="AuditMetrics"/>, <see cref="DrillMetrics"/>, <see cref="TlsMetrics"/> and <see cref="ProcessMetrics"/>, once, under its Prometheus name. All of them observe accounts, so that counting costs the request path nothing. A value that is not there is NaN and not written.
/// </summary>
internal sealed class EntropyMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "OpenEntropy";

    private readonly StatusSnapshot _snapshot;
    private readonly Meter _meter;

    /// <summary>Declares the instruments.</summary>
    /// <param name="factory">Makes and disposes the meter.</param>
    /// <param name="snapshot">The accounts.</param>
    /// <param name="assessments">The assessments of the sources.</param>
    /// <param name="assessor">What makes them.</param>
    /// <param name="bundles">Bundles made and refused.</param>
    /// <param name="served">Bytes given out.</param>
    /// <param name="brokenOff">Answers broken off.</param>
    /// <param name="refusals">Requests refused.</param>
    /// <param name="certificates">Certificates shown.</param>
    /// <param name="limits">Callers refused for their limits.</param>
    /// <param name="callers">Callers told apart.</param>
    /// <param name="reloads">Changes of certificates' files.</param>
    /// <param name="audit">The audit log.</param>
    /// <param name="deviations">What the service's parts say.</param>
    /// <param name="drills">What is made to fail on purpose.</param>
    /// <param name="selfTests">Outcomes of the self-tests.</param>
    public EntropyMetrics(
        IMeterFactory factory,
        StatusSnapshot snapshot,
        AssessmentHistory assessments,
        AssessmentBoard assessor,
        BundleCounts bundles,
        ServedBytes served,
        BrokenOffCounts brokenOff,
        RefusalCounts refusals,
        ServedCertificates certificates,
        LimitCounts limits,
        CallerAccounts callers,
        CertificateCounts reloads,
        IAuditLog audit,
        DeviationBoard deviations,
        DrillBoard drills,
        SelfTestBoard selfTests
    )
    {
        _meter = factory.Create(MeterName);
        _snapshot = snapshot;
        DeclareService(assessments, deviations);
        DeclarePool();
        DeclareGenerators();
        SourceMetrics.Declare(_meter, snapshot);
        CollectionMetrics.Declare(_meter, snapshot);
        AssessmentMetrics.Declare(_meter, snapshot, assessments, assessor);
        BundleMetrics.Declare(_meter, bundles);
        AnswerMetrics.Declare(_meter, served, brokenOff, refusals);
        LimitMetrics.Declare(_meter, limits, callers);
        AuditMetrics.Declare(_meter, audit);
        TlsMetrics.Declare(_meter, certificates, reloads);
        DrillMetrics.Declare(_meter, drills, selfTests);
        ProcessMetrics.Declare(_meter);
    }

    private void DeclareService(AssessmentHistory assessments, DeviationBoard deviations)
    {
        Gauges("openentropy_state", "1 for the state the service is in, 0 for the others.", status => Labels.States("state", status.State));
        Gauge("openentropy_uptime_seconds", "Time since the start.", status => status.Uptime.TotalSeconds);
        Gauge(
            "openentropy_deviations",
            "Settings in force and losses that weaken what the defaults promise.",
            status => ServiceDeviations.Of(status, assessments, deviations).Count
        );
        Counter("openentropy_raw_bytes_total", "Raw samples collected.", status => status.RawBytes);
        Counter(
            "openentropy_resume_signs_total",
            "Signs that the machine was resumed, cloned or its clock set.",
            status => status.ResumeSigns
        );
    }

    private void DeclarePool()
    {
        Gauge("openentropy_pool_capacity_blocks", "Seed blocks the pool can hold.", status => status.Capacity);
        Gauge("openentropy_pool_available_blocks", "Seed blocks available.", status => status.BlocksAvailable);
        Counter("openentropy_pool_produced_blocks_total", "Seed blocks completed.", status => status.BlocksProduced);
        Counter(
            "openentropy_pool_used_blocks_total",
            "Seed blocks that became a seed or entropy-limited output.",
            status => status.BlocksUsed
        );
        Counters(
            "openentropy_pool_dropped_blocks_total",
            "Seed blocks zeroed unused.",
            status =>
                [
                    Labels.Of(status.BlocksReplaced, "reason", "replaced"),
                    Labels.Of(status.BlocksExpired, "reason", "expired"),
                    Labels.Of(status.BlocksDiscarded, "reason", "discarded"),
                ]
        );
        Counter(
            "openentropy_assessed_entropy_bytes_total",
            "Assessed (claimed and credited) entropy that entered the conditioner.",
            status => status.AssessedBitsIn / 8
        );
        Gauge("openentropy_extraction_ratio", "Seed bits produced per assessed bit put in.", status => status.ExtractionRatio);
        Gauge(
            "openentropy_harvest_blocks_per_second",
            "Seed blocks per second at full duty, as measured lately.",
            status => status.BlocksPerSecond
        );
    }

    private void DeclareGenerators()
    {
        Gauge("openentropy_generators", "Generators, one per core.", status => status.Generators);
        Gauge("openentropy_generators_seeded", "Generators that hold a seed young enough.", status => status.GeneratorsSeeded);
        Gauge(
            "openentropy_seed_age_seconds",
            "Age of the youngest seed in use; absent while there is none.",
            status => status.SeedAge?.TotalSeconds ?? double.NaN
        );
        Counter("openentropy_generate_calls_total", "Generate calls.", status => status.GenerateCalls);
        Counters("openentropy_reseeds_total", "Seedings by cause.", status => Labels.Each("reason", status.Reseeds));
    }

    private void Gauge(string name, string help, Func<EntropyPoolStatus, double> value) =>
        _meter.CreateObservableGauge(name, () => value(_snapshot.Current), unit: null, help);

    private void Gauges(string name, string help, Func<EntropyPoolStatus, IEnumerable<Measurement<double>>> values) =>
        _meter.CreateObservableGauge(name, () => values(_snapshot.Current), unit: null, help);

    private void Counter(string name, string help, Func<EntropyPoolStatus, double> value) =>
        _meter.CreateObservableCounter(name, () => value(_snapshot.Current), unit: null, help);

    private void Counters(string name, string help, Func<EntropyPoolStatus, IEnumerable<Measurement<double>>> values) =>
        _meter.CreateObservableCounter(name, () => values(_snapshot.Current), unit: null, help);
}
