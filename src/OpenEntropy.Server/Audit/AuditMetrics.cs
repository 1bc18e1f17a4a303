using System.Diagnostics.Metrics;

namespace OpenEntropy.Server.Audit;

/// <summary>The figures of the audit log.</summary>
internal static class AuditMetrics
{
    /// <summary>Declares the instruments.</summary>
    /// <param name="meter">The one meter.</param>
    /// <param name="audit">The log.</param>
    public static void Declare(Meter meter, IAuditLog audit)
    {
        meter.CreateObservableCounter(
            "openentropy_audit_entries_total",
            () => (double)audit.State.Entries,
            unit: null,
            "Entries written to the audit log."
        );
        meter.CreateObservableCounter(
            "openentropy_audit_failures_total",
            () => (double)audit.State.Failures,
            unit: null,
            "Attempts to write to the audit log that failed."
        );
        meter.CreateObservableGauge(
            "openentropy_audit_head_sequence",
            () => (double)audit.State.Head.Sequence,
            unit: null,
            "Number of the audit log's last entry."
        );
        meter.CreateObservableGauge(
            "openentropy_audit_writable",
            () => audit.State is { IsEnabled: true, Problem: null } ? 1 : 0.0,
            unit: null,
            "1 while the audit log can be written; 0 while privileged acts are refused, or there is none."
        );
    }
}
