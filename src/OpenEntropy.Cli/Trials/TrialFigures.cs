using OpenEntropy.Health;

namespace OpenEntropy.Cli.Trials;

/// <summary>What a trial says of a source beyond its status.</summary>
internal static class TrialFigures
{
    /// <summary>
    /// Whether it gives the 1,024 samples of a start-up test in less than half a second: as measured, or where it gave fewer by the rate at which they came.
    /// </summary>
    /// <param name="status">The source after its trial.</param>
    public static SourceSpeed Speed(EntropySourceStatus status)
    {
        if (status.Speed != SourceSpeed.Unknown || status.Info.MayBeSilent || status.SamplesPerSecond <= 0)
            return status.Speed;
        return ContinuousTests.StartupSamples / status.SamplesPerSecond < SpeedMeter.Limit.TotalSeconds
            ? SourceSpeed.Fast
            : SourceSpeed.Slow;
    }

    /// <summary>What it could earn if it were healthy and had all of the time, bits per second.</summary>
    /// <param name="status">The source after its trial.</param>
    public static double ClaimedBitsPerSecond(EntropySourceStatus status) => status.ClaimedMinEntropy * status.SamplesPerSecond;

    /// <summary>A rate in three digits, as 1,230,000 or 0.45.</summary>
    public static string Rate(double perSecond)
    {
        if (!double.IsFinite(perSecond) || perSecond <= 0)
            return "";
        var step = Math.Pow(10, Math.Floor(Math.Log10(perSecond)) - 2);
        return (Math.Round(perSecond / step) * step).ToString(
            perSecond < 10 ? "0.##"
            : perSecond < 100 ? "0.#"
            : "#,0"
        );
    }
}
