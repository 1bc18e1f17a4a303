using System.Runtime.InteropServices;

namespace OpenEntropy.Server.Randomness;

/// <summary>One valid request to <c>/api/v1/random</c>. The parameters are those of the API reference; parsing never repairs them.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RandomRequest
{
    /// <summary>A body of more bytes lasts long, whatever its client's speed.</summary>
    public const long LongBody = 1 << 20;

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

    /// <summary>Whose object a JSON answer is.</summary>
    public AnswerShape Shape { get; init; }

    /// <summary>Whether a receipt is made; the format is then JSON or a JWS.</summary>
    public bool Receipt { get; init; }

    /// <summary>Random bytes per second at most; 0 for as fast as the client reads.</summary>
    public long Rate { get; init; }

    /// <summary>True where the body is a stream of bytes and <see cref="Length"/> counts them.</summary>
    public bool CountsBytes => Format is BodyFormat.Bytes or BodyFormat.Hex or BodyFormat.Base64;

    /// <summary>Random bytes in one element; 1 where <see cref="CountsBytes"/>.</summary>
    public int ElementBytes =>
        CountsBytes ? 1
        : Type is ElementType.UInt16 or ElementType.Hex16 ? 2 * Size
        : Size;

    /// <summary>Random bytes behind the whole answer.</summary>
    public long TotalBytes => Length * ElementBytes;

    /// <summary>Whether its answer may keep a client busy for long, so that it is limited as streams are.</summary>
    public bool LastsLong => CountsBytes && (Rate > 0 || Length > LongBody);

    /// <summary>What its bytes are counted as.</summary>
    public ServedType ServedAs =>
        Format switch
        {
            BodyFormat.Bytes => ServedType.Bytes,
            BodyFormat.Hex => ServedType.Hex,
            BodyFormat.Base64 => ServedType.Base64,
            _ => Type switch
            {
                ElementType.UInt8 => ServedType.UInt8,
                ElementType.UInt16 => ServedType.UInt16,
                ElementType.Hex8 => ServedType.Hex8,
                _ => ServedType.Hex16,
            },
        };

    /// <summary>Whether the bytes come from the raw tap.</summary>
    public bool ReadsRaw => Conditioning is PoolOutput.Raw or PoolOutput.VonNeumann;

    /// <summary>Generator output in bytes, as other routes draw it.</summary>
    /// <param name="length">Bytes.</param>
    public static RandomRequest OfBytes(long length) =>
        new()
        {
            Length = length,
            Type = ElementType.UInt8,
            Size = 1,
            Format = BodyFormat.Bytes,
            Conditioning = PoolOutput.Drbg,
            Fresh = false,
            Timeout = TimeSpan.Zero,
            Source = null,
        };

    /// <summary>Reads a request from its query string.</summary>
    /// <param name="query">As received, with or without the question mark, still percent-encoded.</param>
    /// <param name="accept">The <c>Accept</c> header, empty where there is none; <c>format</c> wins over it.</param>
    /// <param name="options">The limits in force.</param>
    /// <param name="request">The request.</param>
    /// <param name="error">Why it is refused; null when true is returned.</param>
    /// <param name="shape">Whose parameters they are; those of other services have no <c>format</c> and are always answered in JSON.</param>
    public static bool TryParse(
        ReadOnlySpan<char> query,
        string accept,
        RandomnessOptions options,
        out RandomRequest request,
        out RequestError? error,
        AnswerShape shape = AnswerShape.Service
    )
    {
        var fields = new RandomFields(options, shape);
        error = fields.Read(query);
        request = default;
        return error is null && fields.TryBuild(shape == AnswerShape.Service ? accept : "", out request, out error);
    }
}
