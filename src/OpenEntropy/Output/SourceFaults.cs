using OpenEntropy.Health;

namespace OpenEntropy.Output;

/// <summary>Says in a sentence what is wrong with the sources.</summary>
/// <param name="parts">Whose sources.</param>
/// <param name="leaveOut">Largest contributors left out of a block's count.</param>
internal sealed class SourceFaults(EntropyPoolParts parts, int leaveOut)
{
    /// <summary>Failed, or assessed under twice what its file claims.</summary>
    public static bool IsBad(EntropySourceStatus source) =>
        source.State is SourceState.Failed or SourceState.PermanentlyFailed || IsLowered(source);

    private static bool IsLowered(EntropySourceStatus source) => source is { Expected: true, LoweredBy: not null };

    /// <summary>It would earn, had it not been switched off since the start, or were it not too slow for the harvest to wait for.</summary>
    private static bool IsMissed(EntropySourceStatus source) =>
        source.ClaimedMinEntropy > 0 && (source.WasSwitchedOff || source is { State: SourceState.Healthy, IsTooLong: true });

    /// <summary>One sentence when too few sources may earn credit to complete a block; null when there are enough.</summary>
    public string? WhyNoBlock()
    {
        if (parts.Earning.Suffice)
            return null;
        var (earning, needed) = (parts.Earning.Count, parts.Earning.Needed);
        var explained = string.Concat(
            parts
                .Sources.Select(source => source.Status())
                .Where(source => IsLowered(source) || IsMissed(source))
                .Select(source => $"; {source.Info.Name}: {source.Reason}")
        );
        var shared = parts.Earning.AnyShared ? " (those that share one credit counted as one)" : "";
        return $"{earning} credited noise source{(earning == 1 ? " is" : "s are")} selected and working{shared}, and a block needs {needed} while {PoolDeviations.LeaveOutKey} is "
            + $"{leaveOut}: select more with OpenEntropy:Sources:Enabled (--sources){explained}";
    }

    /// <summary>The credited sources that do not work and those that an assessment lowered, each with its reason; empty where there are none.</summary>
    /// <param name="hopelessly">None works, and none is on trial: each is off for good or gives no samples.</param>
    public string Failing(out bool hopelessly)
    {
        EntropySourceStatus[] sources = [.. parts.Sources.Select(source => source.Status())];
        var credited = Array.FindAll(sources, source => source is { Expected: true, ClaimedMinEntropy: > 0 });
        var failed = Array.FindAll(credited, source => source.State is SourceState.Failed or SourceState.PermanentlyFailed);
        hopelessly = failed.Length == credited.Length && !Array.Exists(failed, IsOnTrial);
        return string.Join(
            "; ",
            sources.Where(source => IsLowered(source) || failed.Contains(source)).Select(source => $"{source.Info.Name}: {source.Reason}")
        );
    }

    /// <summary>A health test failed, so that samples come and may pass yet; where only total failures were counted, none come.</summary>
    private static bool IsOnTrial(EntropySourceStatus source) =>
        source.State == SourceState.Failed && source.Failures[HealthTestNames.Repetition] + source.Failures[HealthTestNames.Proportion] > 0;
}
