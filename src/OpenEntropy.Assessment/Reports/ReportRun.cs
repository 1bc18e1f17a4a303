using System.Security.Cryptography;
using OpenEntropy.Assessment.Iid;
using OpenEntropy.Assessment.NonIid;
using OpenEntropy.Assessment.Quick;
using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Assessment.Restart;

namespace OpenEntropy.Assessment.Reports;

/// <summary>Computes the parts of a report one after the other, so that only one of them holds memory at a time.</summary>
internal static class ReportRun
{
    public static AssessmentReport Of(ReadOnlySpan<byte> bytes, RecordingHeader? header, ReportOptions options)
    {
        var plan = ReportPlan.Of(header, options);
        var samples = SampleSet.FromSamples(bytes, plan.SymbolBits);
        var report = new AssessmentReport
        {
            Subject = ReportSubject.Of(samples, plan.Kind, header),
            Warnings = [],
            Sp80022Mode = options.Sp80022Mode,
            Restart = options.RestartEntropy is { } entropy ? Restart(samples, entropy, options) : null,
        };
        foreach (var (suite, compute) in s_parts)
        {
            if (plan.Suites.HasFlag(suite))
                report = compute(report, samples, plan, options);
        }

        // Hashing loads a library: last, when the memory of the estimators is free again.
        return report with
        {
            Warnings = ReportWarnings.Of(report, plan, options),
            Subject = report.Subject with { Sha256 = header?.Sha256 ?? Convert.ToHexStringLower(SHA256.HashData(samples.Samples)) },
        };
    }

    private static readonly (ReportSuites, Func<AssessmentReport, SampleSet, ReportPlan, ReportOptions, AssessmentReport>)[] s_parts =
    [
        (ReportSuites.NonIid, NonIid),
        (ReportSuites.Iid, Iid),
        (ReportSuites.Sp80022, Sp80022),
        (ReportSuites.Further, Further),
        (ReportSuites.Quick, Quick),
    ];

    private static AssessmentReport NonIid(AssessmentReport report, SampleSet samples, ReportPlan plan, ReportOptions options)
    {
        options.Progress?.Invoke($"the ten estimators of {samples.Length:N0} samples (SP 800-90B, 6.3)");
        var how = new NonIidOptions
        {
            Mode = plan.Mode,
            TruncateBitString = options.TruncateBitString,
            Parallelism = options.Parallelism,
            Checkpoint = options.Checkpoint,
        };
        return report with { NonIid = NonIidAssessment.Run(samples, how) };
    }

    private static AssessmentReport Iid(AssessmentReport report, SampleSet samples, ReportPlan plan, ReportOptions options)
    {
        options.Progress?.Invoke("chi-square and longest repeated substring tests (SP 800-90B, 5.2)");
        return report with { Iid = IidAssessment.Run(samples, options.Checkpoint) };
    }

    private static AssessmentReport Sp80022(AssessmentReport report, SampleSet samples, ReportPlan plan, ReportOptions options)
    {
        options.Progress?.Invoke($"the fifteen tests of {samples.BitLength:N0} bits (SP 800-22)");
        return report with { Sp80022 = Run(RandomnessBattery.Sp80022, samples, options) };
    }

    private static AssessmentReport Further(AssessmentReport report, SampleSet samples, ReportPlan plan, ReportOptions options)
    {
        options.Progress?.Invoke($"the {RandomnessBattery.Further.Count} further tests of {samples.BitLength:N0} bits");
        return report with { Further = Run(RandomnessBattery.Further, samples, options) };
    }

    private static IReadOnlyList<RandomnessTestResult> Run(IReadOnlyList<RandomnessTest> tests, SampleSet samples, ReportOptions options)
    {
        var bits =
            samples.SymbolBits == SampleSet.MaximumSymbolBits
                ? BitSequence.FromBytes(samples.Samples)
                : BitSequence.FromBits(samples.ToBits());
        return RandomnessBattery.Run(tests, bits, new RandomnessOptions { Mode = options.Sp80022Mode, Checkpoint = options.Checkpoint });
    }

    /// <summary>Too few samples for these are a warning beside other parts, since nobody asks for them first.</summary>
    private static AssessmentReport Quick(AssessmentReport report, SampleSet samples, ReportPlan plan, ReportOptions options) =>
        samples.Length < QuickMetrics.FewestSamples && plan.Suites != ReportSuites.Quick
            ? report
            : report with
            {
                Quick = QuickMetrics.Of(samples.Samples, samples.SymbolBits),
            };

    private static RestartTestResult Restart(SampleSet samples, double entropy, ReportOptions options)
    {
        options.Progress?.Invoke("the restart test (SP 800-90B, 3.1.4)");
        var data = RestartData.FromRows(samples.Samples, samples.SymbolBits);
        var how = new RestartOptions
        {
            Seed = options.RestartSeed,
            Parallelism = options.Parallelism,
            Checkpoint = options.Checkpoint,
        };
        return RestartTest.Run(data, entropy, how);
    }
}
