using OpenEntropy.Assessment.NonIid;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Assessment.Reports;
using OpenEntropy.Assessment.Restart;

namespace OpenEntropy.Assessment.Tests.Reports;

/// <summary>Recordings and reports for the tests of reports.</summary>
internal static class Reported
{
    public const int Length = 2_000;

    public static byte[] Samples(int alphabetSize = 256) => SeededSamples.Of(seed: 4, Length, alphabetSize);

    public static RecordingHeader Header(RecordingKind kind = RecordingKind.Raw, int bits = 8) =>
        new()
        {
            Source = "clock_jitter",
            Kind = kind,
            SampleBits = bits,
            Digitization = "The low byte of each duration.",
            Sequence = "Consecutive.",
            Machine = new RecordingMachine
            {
                Cpu = "A processor",
                Cores = 2,
                Virtualization = "A hypervisor",
                Os = "A system",
                Kernel = "6.1",
            },
            Clock = "A clock",
            ClockStepNs = 1,
            Start = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
            End = new DateTimeOffset(2026, 3, 1, 12, 0, 1, TimeSpan.Zero),
            ProductVersion = "0.1.0",
            Sha256 = new string('0', 64),
        };

    public static Recording Recording(RecordingKind kind = RecordingKind.Raw, RecordingHeader? header = null)
    {
        header ??= Header(kind);
        return new Recording(header with { Samples = Length }, Samples());
    }

    /// <summary>A report with all of its parts, that of the restart test made up.</summary>
    public static AssessmentReport Full()
    {
        var report = AssessmentReport.Of(Recording(), new ReportOptions { Suites = ReportSuites.All });
        return report with { Restart = Restart(report.NonIid!, rowMaximum: 20) };
    }

    public static RestartTestResult Restart(NonIidAssessment assessment, int rowMaximum) =>
        new()
        {
            InitialEntropy = 4,
            Alpha = 5e-6,
            Seed = 1,
            SimulationRounds = 5_000_000,
            Cutoff = 110,
            ExactCutoff = 110,
            RowMaximum = rowMaximum,
            ColumnMaximum = 21,
            Rows = rowMaximum > 110 ? null : assessment,
            Columns = rowMaximum > 110 ? null : assessment,
        };
}
