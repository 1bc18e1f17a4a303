using System.Runtime.InteropServices;

namespace OpenEntropy.Server.Randomness;

/// <summary>What the array's elements are.</summary>
internal enum ElementType
{
    /// <summary>Strings of 4·size hexadecimal digits: size big-endian 16-bit words.</summary>
    Hex16,

    /// <summary>Strings of 2·size hexadecimal digits: size bytes.</summary>
    Hex8,

    /// <summary>Numbers 0 to 255.</summary>
    UInt8,

    /// <summary>Numbers 0 to 65,535, each from two bytes, big-endian.</summary>
    UInt16,
}

/// <summary>How the body is written.</summary>
internal enum BodyFormat
{
    /// <summary>The ANU object.</summary>
    Json,

    /// <summary>The bytes themselves.</summary>
    Bytes,

    /// <summary>Two lower-case digits a byte, without a break.</summary>
    Hex,

    /// <summary>RFC 4648, section 4, padded, without a break.</summary>
    Base64,

    /// <summary>The elements that JSON would hold, each unquoted on a line of its own.</summary>
    Lines,
}

/// <summary>Which of the pool's outputs is asked for.</summary>
internal enum PoolOutput
{
    /// <summary>Generator output.</summary>
    Drbg,

    /// <summary>Entropy-limited output.</summary>
    Limited,

    /// <summary>Raw samples.</summary>
    Raw,

    /// <summary>Raw samples through the von Neumann extractor.</summary>
    VonNeumann,
}

/// <summary>Why a request is refused.</summary>
/// <param name="Status">400, or 403 for what configuration does not allow.</param>
/// <param name="Field">The parameter at fault; null where the query string itself is.</param>
/// <param name="Message">One sentence that names the field and its range.</param>
internal sealed record RequestError(int Status, string? Field, string Message);

/// <summary>One valid request to <c>/api/v1/random</c>. The parameters are those of the API reference; parsing never repairs them.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RandomRequest
{
    /// <summary>Elements, or bytes where <see cref="CountsBytes"/>.</summary>
    public required long Length { get; init; }

    /// <summary>The elements' type.</summary>
    public required ElementType Type { get; init; }

    /// <summary>Bytes (hex8) or 16-bit words (hex16) in an element; 1 otherwise.</summary>
    public required int Size { get; init; }

    /// <summary>The body's form.</summary>
    public required BodyFormat Format { get; init; }

    /// <summary>The output asked for.</summary>
    public required PoolOutput Conditioning { get; init; }

    /// <summary>Whether a reseed comes first.</summary>
    public required bool Fresh { get; init; }

    /// <summary>How long to wait for limited, fresh or raw bytes.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>The selection of noise sources, as asked; null for the default one.</summary>
    public required string? Source { get; init; }

    /// <summary>True where the body is a stream of bytes and <see cref="Length"/> counts them.</summary>
    public bool CountsBytes => Format is BodyFormat.Bytes or BodyFormat.Hex or BodyFormat.Base64;

    /// <summary>Random bytes in one element; 1 where <see cref="CountsBytes"/>.</summary>
    public int ElementBytes =>
        CountsBytes ? 1
        : Type is ElementType.UInt16 or ElementType.Hex16 ? 2 * Size
        : Size;

    /// <summary>Random bytes behind the whole answer.</summary>
    public long TotalBytes => Length * ElementBytes;

    /// <summary>Whether the bytes come from the raw tap.</summary>
    public bool ReadsRaw => Conditioning is PoolOutput.Raw or PoolOutput.VonNeumann;

    /// <summary>Reads a request from its query string.</summary>
    /// <param name="query">As received, with or without the question mark, still percent-encoded.</param>
    /// <param name="accept">The <c>Accept</c> header, empty where there is none; <c>format</c> wins over it.</param>
    /// <param name="options">The limits in force.</param>
    /// <param name="request">The request.</param>
    /// <param name="error">Why it is refused; null when true is returned.</param>
    public static bool TryParse(
        ReadOnlySpan<char> query,
        string accept,
        RandomnessOptions options,
        out RandomRequest request,
        out RequestError? error
    )
    {
        var fields = new RandomFields(options);
        error = fields.Read(query);
        request = default;
        return error is null && fields.TryBuild(accept, out request, out error);
    }

    /// <summary>A request for more than a full pool backs can never be met, however long it waits: refused at once.</summary>
    /// <param name="maximumLimitedBytes"><see cref="EntropyPool.MaximumLimitedBytes"/>.</param>
    /// <param name="maximumFreshBytes"><see cref="EntropyPool.MaximumFreshBytes"/>.</param>
    /// <returns>Null when it can be met.</returns>
    public RequestError? FindExcess(long maximumLimitedBytes, long maximumFreshBytes)
    {
        var (what, bound) = this switch
        {
            { Conditioning: PoolOutput.Limited } => ("conditioning=limited", maximumLimitedBytes),
            { Fresh: true } => ("fresh=true", maximumFreshBytes),
            _ => ("", long.MaxValue),
        };

        return TotalBytes <= bound
            ? null
            : new RequestError(
                400,
                "length",
                $"length must ask for between 1 and {bound} bytes with {what}, the most that a full pool backs"
            );
    }
}
