namespace OpenEntropy.Server.Randomness;

/// <summary>What the parameters of a request mean together: bounds that depend on several, contradictions, and what is not allowed here.</summary>
internal static class RandomRules
{
    private const string RawForbidden =
        "raw samples are not served here: the operator allows them with OpenEntropy:Randomness:AllowRaw=true or --allow-raw";

    /// <summary>Judges a request whose parameters are each valid by itself.</summary>
    /// <param name="request">The request.</param>
    /// <param name="given">The parameters it gave.</param>
    /// <param name="options">The limits in force.</param>
    /// <returns>Null when it stands.</returns>
    public static RequestError? FindError(in RandomRequest request, GivenFields given, RandomnessOptions options) =>
        FindShapeError(in request, given, options) ?? FindContradiction(in request) ?? FindForbidden(in request, options);

    /// <summary>A request for more than a full pool backs can never be met, however long it waits: refused at once.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maximumLimitedBytes"><see cref="EntropyPool.MaximumLimitedBytes"/>.</param>
    /// <param name="maximumFreshBytes"><see cref="EntropyPool.MaximumFreshBytes"/>.</param>
    /// <returns>Null when it can be met.</returns>
    public static RequestError? FindExcess(in RandomRequest request, long maximumLimitedBytes, long maximumFreshBytes)
    {
        var (what, bound) = request switch
        {
            { Conditioning: PoolOutput.Limited } => ("conditioning=limited", maximumLimitedBytes),
            { Fresh: true } => ("fresh=true", maximumFreshBytes),
            _ => ("", long.MaxValue),
        };

        return request.TotalBytes <= bound
            ? null
            : FieldValue.Refuse("length", $"length must ask for between 1 and {bound} bytes with {what}, the most that a full pool backs");
    }

    /// <summary>A request that says by two parameters whether samples are raw must say the same.</summary>
    /// <param name="raw">The value of <c>raw</c>.</param>
    /// <param name="conditioning">The value of <c>conditioning</c>.</param>
    /// <param name="given">The parameters it gave.</param>
    public static RequestError? FindRawContradiction(bool raw, PoolOutput conditioning, GivenFields given) =>
        (given & (GivenFields.Raw | GivenFields.Conditioning)) == (GivenFields.Raw | GivenFields.Conditioning)
        && raw != (conditioning == PoolOutput.Raw)
            ? FieldValue.Refuse("raw", "raw and conditioning must not contradict each other: raw=true is conditioning=raw")
            : null;

    private static RequestError? FindShapeError(in RandomRequest request, GivenFields given, RandomnessOptions options)
    {
        if (request.CountsBytes)
        {
            return (given & (GivenFields.Type | GivenFields.Size)) != GivenFields.None
                ? FieldValue.Refuse(
                    given.HasFlag(GivenFields.Type) ? "type" : "size",
                    "type and size must be left out with bytes, hex and base64, where length counts bytes"
                )
                : FindLengthError(request.Length, options.MaxBytes);
        }

        if ((given & GivenFields.Rate) != GivenFields.None)
        {
            return FieldValue.Refuse(
                "rate",
                $"rate must be left out unless format is bytes, hex or base64, which are sent at {RatePace.Lowest} to {RatePace.Highest} bytes per second"
            );
        }

        if (request.Type is ElementType.UInt8 or ElementType.UInt16 && request.Size != 1)
        {
            return FieldValue.Refuse("size", "size must be 1 with uint8 and uint16");
        }

        var mostInMemory = options.MaxJsonBytes / request.ElementBytes;
        return FindLengthError(request.Length, options.MaxLength)
            ?? (
                request.Length <= mostInMemory
                    ? null
                    : FieldValue.Refuse(
                        "length",
                        $"length must be between 1 and {mostInMemory} with elements of {request.ElementBytes} bytes"
                    )
            );
    }

    private static RequestError? FindLengthError(long length, long most) =>
        length >= 1 && length <= most ? null : FieldValue.Refuse("length", $"length must be between 1 and {most}");

    /// <summary>A parameter that says nothing about the output asked for.</summary>
    /// <param name="request">The request.</param>
    /// <returns>Null when there is none.</returns>
    public static RequestError? FindContradiction(in RandomRequest request)
    {
        if (request.Source is not null && !request.ReadsRaw)
        {
            return FieldValue.Refuse(
                "source",
                "source must be left out unless raw=true or conditioning=vonneumann: other output comes from all sources"
            );
        }

        return request.Fresh && request.Conditioning != PoolOutput.Drbg
            ? FieldValue.Refuse("fresh", "fresh must be false unless conditioning=drbg: only a generator is reseeded")
            : null;
    }

    /// <summary>Raw samples where the operator has not allowed them.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">Whether they are allowed.</param>
    /// <returns>Null when the request may have what it asks for.</returns>
    public static RequestError? FindForbidden(in RandomRequest request, RandomnessOptions options) =>
        request.ReadsRaw && !options.AllowRaw ? new RequestError(StatusCodes.Status403Forbidden, "raw", RawForbidden) : null;
}
