using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Values;

/// <summary>What the parameters of a request mean together: bounds that depend on several, and what lines cannot hold.</summary>
internal static class ValueRules
{
    /// <summary>An answer's text is held in memory as its bytes are; it may be as many times as long as for <c>/api/v1/random</c>.</summary>
    private const long TextPerByte = 4;

    /// <summary>Judges a request whose parameters are each valid by itself.</summary>
    /// <param name="request">The request.</param>
    /// <param name="plan">How it is to be met.</param>
    /// <param name="options">The limits in force.</param>
    /// <param name="pool">The pool, for the most that it backs.</param>
    /// <returns>Null when it stands.</returns>
    public static RequestError? FindError(ValueRequest request, ValuePlan plan, RandomnessOptions options, EntropyPool pool) =>
        FindLengthError(plan, options)
        ?? (
            request.Lines && plan.HoldsLineBreak is { } field
                ? FieldValue.Refuse(field, $"{field} must hold no line break with format=lines")
                : null
        )
        ?? FindExcess(request, plan, pool);

    /// <summary>The service's limits: elements, random bytes and text of an answer that is made in memory.</summary>
    internal static RequestError? FindLengthError(ValuePlan plan, RandomnessOptions options)
    {
        var byText = TextPerByte * options.MaxJsonBytes / plan.LongestText;
        var byBytes = plan.Need.Mean > 0 ? (long)(options.MaxJsonBytes / (plan.Need.Mean / plan.Count)) : long.MaxValue;
        var most = Math.Min(options.MaxLength, Math.Min(byText, byBytes));
        return plan.Count <= most ? null
            : most >= 1 ? FieldValue.Refuse("count", $"count must be between 1 and {most} with these parameters")
            : FieldValue.Refuse(
                "count",
                $"one value must take at most {options.MaxJsonBytes} random bytes and {TextPerByte * options.MaxJsonBytes} bytes of text"
            );
    }

    // What more than a full pool would back can never be met, however long it waits.
    private static RequestError? FindExcess(ValueRequest request, ValuePlan plan, EntropyPool pool)
    {
        var (what, bound) =
            request.Conditioning == PoolOutput.Limited ? ("conditioning=limited", pool.MaximumLimitedBytes)
            : request.Fresh ? ("fresh=true", pool.MaximumFreshBytes)
            : ("", long.MaxValue);
        return plan.Need.Mean <= bound
            ? null
            : FieldValue.Refuse(
                "count",
                $"count must be between 1 and {(long)(bound / (plan.Need.Mean / plan.Count))} with {what} and these parameters, "
                    + $"so that {bound} bytes, the most that a full pool backs, suffice"
            );
    }
}
