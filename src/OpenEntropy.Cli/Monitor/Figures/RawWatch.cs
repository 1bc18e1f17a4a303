using OpenEntropy.Cli.Monitor.Feeds;
using OpenEntropy.Noise;
using OpenEntropy.Server.Sources;

namespace OpenEntropy.Cli.Monitor.Figures;

/// <summary>The raw samples of the source that is chosen: what was received, how many to ask for next, or why there are none.</summary>
/// <param name="source">Its name.</param>
internal sealed class RawWatch(string source)
{
    private const int FirstRequest = 64;
    private const int LargestRequest = 1024;

    // A request is made once a second at most, and takes no more than so much of a source's time.
    private const double LongestSeconds = 0.05;

    private int _request = FirstRequest;

    /// <summary>The source's name.</summary>
    public string Source { get; } = source;

    /// <summary>The samples received since it was chosen.</summary>
    public SampleWindow Window { get; } = new();

    /// <summary>The entropies of the window after each answer.</summary>
    public EntropyTrail Trail { get; } = new();

    /// <summary>Why the latest question was answered without samples; null where it was not, or none was asked.</summary>
    public string? Why { get; private set; }

    /// <summary>Samples to ask for: as many as come in time, and take little of the source's.</summary>
    /// <param name="source">The source.</param>
    public int CountFor(SourceBody source) =>
        source.SamplesPerSecond > 0 ? (int)Math.Clamp(source.SamplesPerSecond * LongestSeconds, 1, _request) : _request;

    /// <summary>Why a source is not asked for raw samples at all, in one sentence without a full stop; null where it is asked.</summary>
    /// <param name="source">The source.</param>
    public static string? FindObstacle(SourceBody source) =>
        source.Private ? NoiseSourceInfo.WhyPrivate
        : source.State is "unavailable" or "disabled" or "permanently_failed"
            ? $"it is {source.State.Replace('_', ' ')} and gives no samples"
        : null;

    /// <summary>Takes an answer in.</summary>
    public void Take(RawSamples answer)
    {
        Why = answer.Why;
        if (answer.IsSlow)
            _request = Math.Max(1, _request / 2);
        if (answer.Samples.IsEmpty)
            return;
        _request = Math.Min(LargestRequest, _request * 2);
        Window.Add(answer.Samples.Span);
        Trail.Add(Window.Entropy);
    }
}
