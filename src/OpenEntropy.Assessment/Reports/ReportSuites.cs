namespace OpenEntropy.Assessment.Reports;

/// <summary>The parts of a report that can be asked for.</summary>
[Flags]
public enum ReportSuites
{
    /// <summary>None of them: of use beside a restart test alone.</summary>
    None = 0,

    /// <summary>The ten estimators of SP 800-90B, 6.3.</summary>
    NonIid = 1,

    /// <summary>The chi-square and longest repeated substring tests of SP 800-90B, 5.2.</summary>
    Iid = 2,

    /// <summary>The fifteen tests of SP 800-22 over the samples' bits.</summary>
    Sp80022 = 4,

    /// <summary>Shannon, min- and collision entropy of the samples as if they were independent.</summary>
    Quick = 8,

    /// <summary>The tests of the samples' bits that are not of SP 800-22.</summary>
    Further = 16,

    /// <summary>All of them that apply to what the samples are. A value of its own: naming each of them asks for each, also for one that does not apply.</summary>
    All = 32,
}
