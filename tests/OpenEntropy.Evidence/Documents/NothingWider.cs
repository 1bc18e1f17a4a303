using OpenEntropy.Noise;

namespace OpenEntropy.Evidence.Documents;

/// <summary>Why there are no measurements behind the samples of a source that is no <see cref="MeasuredSource"/>.</summary>
internal static class NothingWider
{
    /// <summary>
    /// In one clause. The system's generator gives bytes; others may see more than they give, and some keep it to themselves on purpose.
    /// </summary>
    /// <param name="source">The source.</param>
    public static string Of(NoiseSourceInfo source) =>
        source.Origin == NoiseOrigin.OperatingSystem ? "a measurement is a byte" : "nothing wider than a sample leaves the source";
}
