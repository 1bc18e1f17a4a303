using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Server.Health;

namespace OpenEntropy.Server.Sources;

/// <summary>
/// Does what an operator asks of one source, and logs each act once with what came of it. Nothing is written down: the next start of the service
/// selects as it is configured.
/// </summary>
/// <param name="pool">The pool.</param>
/// <param name="logger">The log.</param>
internal sealed partial class SourceSwitch(EntropyPool pool, ILogger<SourceSwitch> logger)
{
    /// <summary>Acts on exactly one source.</summary>
    /// <param name="name">Its name; a name that stands for several sub-sources is none.</param>
    /// <param name="act">What to do.</param>
    /// <param name="refusal">Why it cannot be done, and what can be done instead, in one sentence; null where it was done.</param>
    /// <returns>The source after the act; null where none has that name.</returns>
    public EntropySourceStatus? Do(string name, SourceAct act, out string? refusal)
    {
        refusal = null;
        if (pool.FindSource(name) is not { } before)
        {
            return null;
        }

        if (act == SourceAct.Enable && !pool.MayEnable(name))
        {
            refusal = $"{name} is opt-in and was not asked for: name it in {OptInSources.MayEnableKey}, then it can be switched on here";
            LogAct(logger, name, StateNames<SourceAct>.Of(act), $"refused: {refusal}");
            return before;
        }

        switch (act)
        {
            case SourceAct.Enable:
                pool.Enable(name);
                break;
            case SourceAct.Disable:
                pool.Disable(name);
                break;
            case SourceAct.Retest:
                pool.Retest(name);
                break;
        }

        // Judged by what it came to, since the harvest changes states as well.
        var after = pool.FindSource(name)!;
        refusal = WhyNot(act, after);
        LogAct(logger, name, StateNames<SourceAct>.Of(act), refusal is null ? Outcome(before, after) : $"refused: {refusal}");
        return after;
    }

    private static string? WhyNot(SourceAct act, EntropySourceStatus source) =>
        (act, source.State) switch
        {
            (SourceAct.Disable, SourceState.Unavailable) =>
                $"{source.Info.Name} is unavailable: {source.Reason}; should it come, it stays off until it is enabled",
            (_, SourceState.Unavailable) => $"{source.Info.Name} is unavailable: {source.Reason}; enable looks again",
            (SourceAct.Retest, SourceState.Disabled) =>
                $"{source.Info.Name} is disabled ({source.Reason}), so there is nothing to test: enable it, which begins with its start-up test",
            (SourceAct.Retest, SourceState.PermanentlyFailed) =>
                $"{source.Info.Name} failed permanently ({source.Reason}): find out why, then enable it, which begins with its start-up test",
            _ => null,
        };

    private static string Outcome(EntropySourceStatus before, EntropySourceStatus after)
    {
        var (was, now) = (StateNames<SourceState>.Of(before.State), StateNames<SourceState>.Of(after.State));
        return was == now ? $"it is {now}" : $"it is {now}, and was {was}";
    }

    [LoggerMessage(LogLevel.Information, "Source {Source}: {Act} asked by an operator: {Outcome}", EventName = "source_act")]
    private static partial void LogAct(ILogger logger, string source, string act, string outcome);
}
