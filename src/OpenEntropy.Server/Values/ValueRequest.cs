using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Values;

/// <summary>What a request asks that every kind of values has: how many, of which output, in which body.</summary>
internal sealed record ValueRequest
{
    /// <summary>The most seconds of <c>timeout</c>.</summary>
    public const int MaxTimeoutSeconds = RandomFields.MaxTimeoutSeconds;

    /// <summary>All parameters.</summary>
    public required GivenValues Given { get; init; }

    /// <summary>Elements; null where not given.</summary>
    public required int? Count { get; init; }

    /// <summary>The output asked for: <see cref="PoolOutput.Drbg"/> or <see cref="PoolOutput.Limited"/>.</summary>
    public required PoolOutput Conditioning { get; init; }

    /// <summary>Whether a reseed comes first.</summary>
    public required bool Fresh { get; init; }

    /// <summary>How long to wait for limited or fresh bytes.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Whether elements stand on lines; otherwise in a JSON object.</summary>
    public required bool Lines { get; init; }

    /// <summary>Whether the bytes consumed are told.</summary>
    public required bool Proof { get; init; }

    /// <summary>The time of the request, for values that hold it.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The same as a request for so many bytes.</summary>
    /// <param name="bytes">How many.</param>
    public RandomRequest OfBytes(long bytes) =>
        new()
        {
            Length = bytes,
            Type = ElementType.UInt8,
            Size = 1,
            Format = Lines ? BodyFormat.Lines : BodyFormat.Json,
            Conditioning = Conditioning,
            Fresh = Fresh,
            Timeout = Timeout,
            Source = null,
        };

    /// <summary>Reads what all kinds have in common.</summary>
    /// <param name="given">The parameters.</param>
    /// <param name="accept">The <c>Accept</c> header, empty where there is none; <c>format</c> wins over it.</param>
    /// <param name="options">The limits in force.</param>
    /// <param name="now">The time.</param>
    /// <param name="request">The request.</param>
    /// <returns>Null when it stands.</returns>
    public static RequestError? Read(
        GivenValues given,
        string accept,
        RandomnessOptions options,
        DateTimeOffset now,
        out ValueRequest? request
    )
    {
        request = null;
        var (limited, fresh, proof, timeout) = (false, false, false, 0L);
        var lines = AcceptedFormat.Choose(accept, ofElements: false) == BodyFormat.Hex; // its offer of text/plain
        var error =
            given.ReadNumber("count", 1, options.MaxLength, out var count)
            ?? given.ReadChoice("conditioning", "drbg", "limited", ref limited)
            ?? given.ReadFlag("fresh", out fresh)
            ?? given.ReadNumber("timeout", 0, MaxTimeoutSeconds, out timeout)
            ?? given.ReadChoice("format", "json", "lines", ref lines)
            ?? given.ReadFlag("proof", out proof)
            ?? FindContradiction(limited, fresh, lines, proof);
        if (error is not null)
        {
            return error;
        }

        request = new ValueRequest
        {
            Given = given,
            Count = given.Find("count") is null ? null : (int)count,
            Conditioning = limited ? PoolOutput.Limited : PoolOutput.Drbg,
            Fresh = fresh,
            Timeout = TimeSpan.FromSeconds(timeout),
            Lines = lines,
            Proof = proof,
            Now = now,
        };
        return null;
    }

    private static RequestError? FindContradiction(bool limited, bool fresh, bool lines, bool proof) =>
        fresh && limited ? FieldValue.Refuse("fresh", "fresh must be false unless conditioning=drbg: only a generator is reseeded")
        : proof && lines ? FieldValue.Refuse("proof", "proof must be false unless format=json: lines have no room for it")
        : null;
}
