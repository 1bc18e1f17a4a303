using OpenEntropy.Assessment.NonIid;
using OpenEntropy.Assessment.Recordings;

namespace OpenEntropy.Assessment.Reports;

/// <summary>What can be said of samples of a kind, and what of it is to be said.</summary>
/// <param name="Kind">What the samples are; null where nothing says.</param>
/// <param name="SymbolBits">Their declared width; null where nothing says.</param>
/// <param name="Suites">The parts of the report.</param>
/// <param name="Mode">What the non-IID assessment is of.</param>
internal sealed record ReportPlan(RecordingKind? Kind, int? SymbolBits, ReportSuites Suites, NonIidMode Mode)
{
    public static ReportPlan Of(RecordingHeader? header, ReportOptions options)
    {
        var kind = header?.Kind ?? options.Kind ?? (options.Conditioned ? RecordingKind.Conditioned : null);
        Refuse(header, kind, options);
        var isRaw = kind is null or RecordingKind.Raw;
        var mode = options.Conditioned ? NonIidMode.Conditioned : NonIidMode.Initial;
        return new ReportPlan(kind, header?.SampleBits ?? options.SymbolBits, Choose(options, isRaw), mode);
    }

    private static void Refuse(RecordingHeader? header, RecordingKind? kind, ReportOptions options)
    {
        if (header is not null && options.Kind is { } claimed && claimed != header.Kind)
            throw new AssessmentInputException(
                $"The recording's header says that it is {Words.Of(header.Kind)}, and it was given as {Words.Of(claimed)}."
            );
        if (header is not null && options.SymbolBits is { } bits && bits != header.SampleBits)
            throw new AssessmentInputException(
                $"The recording's header says that a sample has {header.SampleBits} bits, and it was given as having {bits}."
            );
        if (options.Conditioned && kind == RecordingKind.Raw)
            throw new AssessmentInputException(
                "The samples are raw: the conditioned mode (h' of SP 800-90B, 3.1.5.2) is for the output of a conditioning component."
            );
        if (options.RestartEntropy is not null && kind is not (null or RecordingKind.Raw))
            throw new AssessmentInputException(
                $"The samples are {Words.Of(kind.Value)}: the restart test (SP 800-90B, 3.1.4) needs raw samples of a noise source."
            );
    }

    private static ReportSuites Choose(ReportOptions options, bool isRaw)
    {
        var ofAnything = ReportSuites.Sp80022 | ReportSuites.Further | ReportSuites.Quick;
        var applicable =
            isRaw ? ofAnything | ReportSuites.NonIid | ReportSuites.Iid
            : options.Conditioned ? ofAnything | ReportSuites.NonIid
            : ofAnything;
        switch (options.Suites)
        {
            case null when isRaw:
                return options.RestartEntropy is null ? ReportSuites.NonIid | ReportSuites.Quick : ReportSuites.None;
            case null:
                return options.Conditioned ? ReportSuites.NonIid | ReportSuites.Quick : ReportSuites.Sp80022 | ReportSuites.Quick;
            case ReportSuites.None when options.RestartEntropy is null:
                throw new AssessmentInputException("Nothing was asked for: a report needs one suite at least, or a restart test.");
        }

        var asked = options.Suites.Value;
        var named = asked & ~ReportSuites.All;
        return (named & ~applicable) == ReportSuites.None
            ? asked == named
                ? named
                : applicable
            : throw new AssessmentInputException(
                "The samples are not raw: SP 800-90B assesses raw samples of a noise source, for after conditioning a sequence looks the same with and "
                    + "without entropy. SP 800-22, the further tests and quick metrics apply, and the conditioned mode (h') where it is asked for."
            );
    }
}
