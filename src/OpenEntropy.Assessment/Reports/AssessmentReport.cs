using System.Reflection;
using OpenEntropy.Assessment.Iid;
using OpenEntropy.Assessment.NonIid;
using OpenEntropy.Assessment.Quick;
using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Assessment.Reports.Json;
using OpenEntropy.Assessment.Reports.Pages;
using OpenEntropy.Assessment.Restart;

namespace OpenEntropy.Assessment.Reports;

/// <summary>
/// What can be said of a recording, for people (<see cref="ToMarkdown"/>, <see cref="ToText"/>) and for programs (<see cref="ToJson"/>). The same
/// samples and options give the same bytes: a report knows nothing of when, where and with how many threads it was made. Only the lengths that
/// <see cref="ReportSuites.Further"/> compresses to depend on the compressors that .NET has on the machine.
/// </summary>
public sealed record AssessmentReport
{
    /// <summary>The version of the JSON form; it changes when a member changes its meaning or is taken away.</summary>
    public const int SchemaVersion = 1;

    /// <summary>α of the tests of SP 800-22 and the further ones: the share of uniform p-values below it that perfect bits give.</summary>
    public const double Sp80022Alpha = 0.01;

    /// <summary>What was assessed.</summary>
    public required ReportSubject Subject { get; init; }

    /// <summary>What to know before reading the figures.</summary>
    public required IReadOnlyList<ReportWarning> Warnings { get; init; }

    /// <summary>SP 800-90B, 6.3; null where it was not asked for.</summary>
    public NonIidAssessment? NonIid { get; init; }

    /// <summary>SP 800-90B, 5.2; null where it was not asked for.</summary>
    public IidAssessment? Iid { get; init; }

    /// <summary>SP 800-90B, 3.1.4; null where it was not asked for.</summary>
    public RestartTestResult? Restart { get; init; }

    /// <summary>SP 800-22; null where it was not asked for.</summary>
    public IReadOnlyList<RandomnessTestResult>? Sp80022 { get; init; }

    /// <summary>Whose arithmetic that was.</summary>
    public Sp80022Mode Sp80022Mode { get; init; }

    /// <summary>The tests of bits that are not of SP 800-22; null where they were not asked for.</summary>
    public IReadOnlyList<RandomnessTestResult>? Further { get; init; }

    /// <summary>Quick metrics; null where they were not asked for, or the samples too few.</summary>
    public QuickMetrics? Quick { get; init; }

    /// <summary>The version of the program that computes.</summary>
    internal static string ProductVersion { get; } =
        typeof(AssessmentReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Assesses a recording: of raw samples their entropy, of others what their kind allows.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="options">What the report is to hold.</param>
    /// <exception cref="AssessmentInputException">Nothing can be said of the samples, or not what was asked for.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The options' checkpoint ended it.</exception>
    public static AssessmentReport Of(Recording recording, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(recording);
        return ReportRun.Of(recording.Samples, recording.Header, options ?? new ReportOptions());
    }

    /// <summary>Assesses bare samples, which nothing is known of but what the options say.</summary>
    /// <param name="samples">The samples, one a byte.</param>
    /// <param name="options">What the report is to hold, and what the samples are.</param>
    /// <inheritdoc cref="Of(Recording, ReportOptions?)" path="/exception"/>
    public static AssessmentReport Of(ReadOnlySpan<byte> samples, ReportOptions? options = null) =>
        ReportRun.Of(samples, header: null, options ?? new ReportOptions());

    /// <summary>The report as Markdown, every intermediate value in its last section.</summary>
    public string ToMarkdown() => MarkdownWriter.Write(ReportPages.Of(this, withDetails: true));

    /// <summary>The report for a terminal.</summary>
    /// <param name="withDetails">Whether to add every intermediate value.</param>
    public string ToText(bool withDetails = false) => PlainTextWriter.Write(ReportPages.Of(this, withDetails));

    /// <summary>The report as JSON in UTF-8; doubles are written so that they are read as the same doubles.</summary>
    public byte[] ToJson() => ReportFormat.Write(this);
}
