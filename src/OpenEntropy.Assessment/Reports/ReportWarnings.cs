using OpenEntropy.Assessment.NonIid;
using OpenEntropy.Assessment.Quick;
using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Assessment.Recordings;

namespace OpenEntropy.Assessment.Reports;

/// <summary>What is to be known before the figures are read.</summary>
internal static class ReportWarnings
{
    public static IReadOnlyList<ReportWarning> Of(AssessmentReport report, ReportPlan plan, ReportOptions options) =>
        [.. OfSubject(report), .. OfEstimates(report, options), .. OfTests(report), .. OfQuick(report, plan)];

    private static IEnumerable<ReportWarning> OfSubject(AssessmentReport report)
    {
        var subject = report.Subject;
        var assesses = report.NonIid is not null || report.Iid is not null || report.Restart is not null;
        if (subject.Kind is null && assesses)
            yield return new ReportWarning(
                "kindUnknown",
                "Nothing tells what these samples are: they are taken for raw, as the noise source digitized them. Of anything else the figures mean nothing."
            );
        if (subject.Kind is { } kind and not RecordingKind.Raw)
            yield return new ReportWarning(
                "notRaw",
                $"The samples are {Words.Of(kind)}, not raw: nothing here says anything of the entropy of a noise source."
            );
        if (assesses && subject.Samples < NonIidAssessment.RecommendedSamples)
            yield return new ReportWarning(
                "fewSamples",
                $"There are {subject.Samples:N0} samples, and SP 800-90B, 3.1.1 asks for {NonIidAssessment.RecommendedSamples:N0}: the figures are less "
                    + "certain, and usually lower."
            );
        if (subject.UsedBits < subject.SymbolBits)
            yield return new ReportWarning(
                "narrowerThanDeclared",
                $"The samples are declared to have {subject.SymbolBits} bits, and none needs more than {subject.UsedBits}."
            );
    }

    private static IEnumerable<ReportWarning> OfEstimates(AssessmentReport report, ReportOptions options)
    {
        if (report.NonIid is not { } assessment)
            yield break;
        if (assessment.Mode == NonIidMode.Conditioned)
            yield return new ReportWarning(
                "conditionedMode",
                "The figure is h', of the output of a conditioning component (SP 800-90B, 3.1.5.2): it can only lower what the formula there credits."
            );
        if (options.TruncateBitString && assessment.Bits < report.Subject.Samples * (long)report.Subject.SymbolBits)
            yield return new ReportWarning(
                "bitStringTruncated",
                $"Only the first {assessment.Bits:N0} bits of the bit string were estimated."
            );
        foreach (
            var (what, unit, leftOut) in new[]
            {
                ("symbols", "symbols", assessment.LiteralLeftOut),
                ("bit string", "bits", assessment.BitstringLeftOut),
            }
        )
        {
            if (leftOut.Count > 0)
                yield return new ReportWarning(
                    "estimatorsLeftOut",
                    $"Of the {what}, left out for too few {unit} or repetitions among them: {string.Join(", ", leftOut)}."
                );
        }
    }

    private static IEnumerable<ReportWarning> OfTests(AssessmentReport report)
    {
        foreach (var test in new[] { report.Iid?.Independence, report.Iid?.GoodnessOfFit })
        {
            if (test is { PValue: null })
                yield return new ReportWarning(
                    "testNotApplicable",
                    $"{test.Test} ({test.Clause}) does not apply: {report.Subject.Samples:N0} samples are too few to fill its bins."
                );
        }

        foreach (var test in (IEnumerable<RandomnessTestResult>)[.. report.Sp80022 ?? [], .. report.Further ?? []])
        {
            if (test.Inapplicable is { } reason)
                yield return new ReportWarning("testNotApplicable", $"{test.Name} ({test.Source}) does not apply: {reason}");
            if (test.Caution is { } caution)
                yield return new ReportWarning("sequenceShort", $"{test.Name} ({test.Source}): {caution}");
        }
    }

    private static IEnumerable<ReportWarning> OfQuick(AssessmentReport report, ReportPlan plan)
    {
        if (plan.Suites.HasFlag(ReportSuites.Quick) && report.Quick is null)
            yield return new ReportWarning(
                "quickLeftOut",
                $"Quick metrics are left out: they need {QuickMetrics.FewestSamples:N0} samples, and there are {report.Subject.Samples:N0}."
            );
    }
}
