using System.ComponentModel.DataAnnotations;

namespace OpenEntropy.Server.Assessment;

/// <summary>How the service assesses its own sources.</summary>
internal sealed class AssessmentOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenEntropy:Assessment";

    /// <summary>The samples that SP 800-90B, 3.1.1 asks for.</summary>
    public const int StandardSamples = 1_000_000;

    /// <summary>The fewest samples that are assessed at all.</summary>
    public const int MinimumSamples = 10_000;

    /// <summary>Whether sources are recorded and assessed in the background. Default true. What earlier assessments lowered stays lowered.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Share of one core for the further turns of a source while it is recorded, then for the computing, 0.001 to 1. Default 0.005.</summary>
    [Range(0.001, 1.0)]
    public double CpuBudget { get; set; } = 0.005;

    /// <summary>
    /// Samples of a recording, 10,000 to 2,000,000. Default 1,000,000, as SP 800-90B asks; fewer are labelled as short. While 1,000,000 are assessed
    /// the service needs about 70 MB more memory; it grows with the number.
    /// </summary>
    [Range(MinimumSamples, 2_000_000)]
    public int RecordingLength { get; set; } = StandardSamples;

    /// <summary>
    /// How long a recording may take, 1 min to 7 d; then what there is is assessed, labelled as short, or the source is skipped where it gave fewer
    /// than 10,000 samples. Default 1 h.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan RecordingTime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Least time between two assessments of a credited source that nobody asked for, 1 min to 30 d; for a source without a claim eight times that.
    /// Default 1 h.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Whether two recordings of each source are kept on disk, the latest and the one of the lowest figure, so that these figures can be computed
    /// again. Default true. Those that are there already are not removed.
    /// </summary>
    public bool KeepRecordings { get; set; } = true;
}
