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
            : most < 1 && plan.Length is { } length ? RefuseLength(length, plan, options)
            : FieldValue.Refuse("count", $"count must be between 1 and {most} with these parameters");
    }

    // Only strings can be too long one by one: everything else takes less than the least that the options allow.
    private static RequestError RefuseLength(ElementLength length, ValuePlan plan, RandomnessOptions options)
    {
        var text = TextPerByte * options.MaxJsonBytes;
        var around = plan.LongestText - (length.Units * length.UnitText);
        var most = Math.Min((text - around) / length.UnitText, MostUnits(length, plan, options.MaxJsonBytes));
        return FieldValue.Refuse(
            "length",
            $"length must be between 1 and {most} with these parameters, so that one value takes at most {options.MaxJsonBytes} random bytes and {text} bytes of text"
        );
    }

    private static long MostUnits(ElementLength length, ValuePlan plan, long bytes) =>
        (long)(bytes / (plan.Need.Mean / plan.Count / length.Units));

    // What more than a full pool would back can never be met, however long it waits.
    private static RequestError? FindExcess(ValueRequest request, ValuePlan plan, EntropyPool pool)
    {
        var (what, bound) =
            request.Conditioning == PoolOutput.Limited ? ("conditioning=limited", pool.MaximumLimitedBytes)
            : request.Fresh ? ("fresh=true", pool.MaximumFreshBytes)
            : ("", long.MaxValue);
        if (plan.Need.Mean <= bound)
        {
            return null;
        }

        var most = (long)(bound / (plan.Need.Mean / plan.Count));
        var (field, range) = most < 1 && plan.Length is { } length ? ("length", MostUnits(length, plan, bound)) : ("count", most);
        return FieldValue.Refuse(
            field,
            $"{field} must be between 1 and {range} with {what} and these parameters, "
                + $"so that {bound} bytes, the most that a full pool backs, suffice"
        );
    }
}
