using OpenEntropy.Assessment.Recordings;

namespace OpenEntropy.Assessment.Reports.Json;

/// <summary>The JSON form. Members are only ever added; anything else is another schema version.</summary>
internal sealed record ReportBody(
    int SchemaVersion,
    ProductBody Product,
    SubjectBody Subject,
    IReadOnlyList<ReportWarning> Warnings,
    double? MinEntropy,
    string? MinEntropyUnit,
    NonIidBody? NonIid,
    IidBody? Iid,
    RestartBody? Restart,
    BatteryBody? Sp80022,
    QuickBody? Quick,
    string Limits,
    BatteryBody? Further
)
{
    public static ReportBody Of(AssessmentReport report) =>
        new(
            AssessmentReport.SchemaVersion,
            new ProductBody(Words.Product, AssessmentReport.ProductVersion),
            SubjectBody.Of(report.Subject),
            report.Warnings,
            report.NonIid?.MinEntropy,
            report.NonIid is { } assessment ? Words.UnitOf(assessment.Mode) : null,
            NonIidBody.Of(report.NonIid),
            report.Iid is { } iid ? IidBody.Of(iid) : null,
            report.Restart is { } restart ? RestartBody.Of(restart) : null,
            report.Sp80022 is { } results ? BatteryBody.Of(results, report.Sp80022Mode) : null,
            report.Quick is { } quick ? QuickBody.Of(quick) : null,
            Words.Limits,
            report.Further is { } further ? BatteryBody.Of(further, mode: null) : null
        );
}

/// <summary>What computed.</summary>
internal sealed record ProductBody(string Name, string Version);

/// <summary>What was assessed.</summary>
internal sealed record SubjectBody(
    int Samples,
    string Sha256,
    int AlphabetSize,
    int SymbolBits,
    int UsedBits,
    RecordingKind? Kind,
    RecordingHeader? Recording
)
{
    public static SubjectBody Of(ReportSubject subject) =>
        new(subject.Samples, subject.Sha256, subject.AlphabetSize, subject.SymbolBits, subject.UsedBits, subject.Kind, subject.Recording);
}
