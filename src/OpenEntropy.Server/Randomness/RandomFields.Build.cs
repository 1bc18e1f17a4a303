namespace OpenEntropy.Server.Randomness;

// The second half of reading a request: what the parameters mean together.
internal ref partial struct RandomFields
{
    private const string RawForbidden =
        "raw samples are not served here: the operator allows them with OpenEntropy:Randomness:AllowRaw=true or --allow-raw";

    /// <summary>The request, once the parameters are known not to contradict each other.</summary>
    /// <param name="accept">The <c>Accept</c> header.</param>
    /// <param name="request">The request.</param>
    /// <param name="error">Why it is refused.</param>
    public readonly bool TryBuild(string accept, out RandomRequest request, out RequestError? error)
    {
        var conditioning = _raw ? PoolOutput.Raw : _conditioning;
        var readsRaw = conditioning is PoolOutput.Raw or PoolOutput.VonNeumann;
        var timeout = IsGiven(Given.Timeout) || !readsRaw ? _timeout : DefaultRawTimeoutSeconds;
        request = new RandomRequest
        {
            Length = _length,
            Type = _type,
            Size = _size,
            Format = IsGiven(Given.Format) ? _format : AcceptedFormat.Choose(accept),
            Conditioning = conditioning,
            Fresh = _fresh,
            Timeout = TimeSpan.FromSeconds(timeout),
            Source = _source,
        };
        error = FindShapeError(in request) ?? FindContradiction(in request) ?? FindForbidden(in request);
        return error is null;
    }

    private readonly bool IsGiven(Given fields) => (_given & fields) != Given.None;

    private readonly RequestError? FindShapeError(in RandomRequest request)
    {
        if (request.CountsBytes)
        {
            return IsGiven(Given.Type | Given.Size)
                ? Refuse(
                    IsGiven(Given.Type) ? "type" : "size",
                    "type and size must be left out with bytes, hex and base64, where length counts bytes"
                )
                : FindLengthError(request.Length, options.MaxBytes);
        }

        if (request.Type is ElementType.UInt8 or ElementType.UInt16 && request.Size != 1)
        {
            return Refuse("size", "size must be 1 with uint8 and uint16");
        }

        var mostInMemory = options.MaxJsonBytes / request.ElementBytes;
        return FindLengthError(request.Length, options.MaxLength)
            ?? (
                request.Length <= mostInMemory
                    ? null
                    : Refuse("length", $"length must be between 1 and {mostInMemory} with elements of {request.ElementBytes} bytes")
            );
    }

    private static RequestError? FindLengthError(long length, long most) =>
        length >= 1 && length <= most ? null : Refuse("length", $"length must be between 1 and {most}");

    private readonly RequestError? FindContradiction(in RandomRequest request)
    {
        if (IsGiven(Given.Raw) && IsGiven(Given.Conditioning) && _raw != (_conditioning == PoolOutput.Raw))
        {
            return Refuse("raw", "raw and conditioning must not contradict each other: raw=true is conditioning=raw");
        }

        if (request.Source is not null && !request.ReadsRaw)
        {
            return Refuse(
                "source",
                "source must be left out unless raw=true or conditioning=vonneumann: other output comes from all sources"
            );
        }

        return request.Fresh && request.Conditioning != PoolOutput.Drbg
            ? Refuse("fresh", "fresh must be false unless conditioning=drbg: only a generator is reseeded")
            : null;
    }

    private readonly RequestError? FindForbidden(in RandomRequest request) =>
        request.ReadsRaw && !options.AllowRaw ? new RequestError(403, "raw", RawForbidden) : null;
}
