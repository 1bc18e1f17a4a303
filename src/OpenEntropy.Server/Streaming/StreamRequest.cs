using System.Runtime.InteropServices;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Streaming;

/// <summary>One valid request to <c>/api/v1/stream</c>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StreamRequest
{
    /// <summary>Random bytes in one event at most: 4,096 characters of base64.</summary>
    public const int EventBytes = 3072;

    /// <summary>The largest <c>length</c>, bytes.</summary>
    public const long MaxLength = 1L << 50;

    /// <summary>The <c>timeout</c> of a limited stream where none is given, seconds.</summary>
    public const int DefaultLimitedTimeoutSeconds = 30;

    private const int Base64Group = 3;

    /// <summary>The bytes and their encoding; the length of an endless stream is <see cref="long.MaxValue"/>.</summary>
    public required RandomRequest Output { get; init; }

    /// <summary>Whether the bytes come as server-sent events.</summary>
    public required bool AsEvents { get; init; }

    /// <summary>Whether the stream ends only with its client or the service.</summary>
    public bool IsEndless => Output.Length == long.MaxValue;

    /// <summary>The body's length; null where it is endless or of events.</summary>
    public long? BodyLength => IsEndless || AsEvents ? null : ByteBody.LengthOf(Output);

    /// <summary>Random bytes to hold at once. With their text they take less than 64 KiB.</summary>
    public int MostAtOnce =>
        AsEvents
            ? EventBytes
            : Output.Format switch
            {
                BodyFormat.Hex => 16_384,
                BodyFormat.Base64 => 24_576,
                _ => 32_768,
            };

    /// <summary>The bytes that must be sent together, unless they are the last: base64 in the middle of a stream has no padding.</summary>
    public int Unit => Output.Format == BodyFormat.Base64 && !AsEvents ? Base64Group : 1;

    /// <summary>Reads a request from its query string.</summary>
    /// <param name="query">As received, with or without the question mark, still percent-encoded.</param>
    /// <param name="accept">The <c>Accept</c> header, empty where there is none.</param>
    /// <param name="options">Whether raw samples are served.</param>
    /// <param name="request">The request.</param>
    /// <param name="error">Why it is refused; null when true is returned.</param>
    public static bool TryParse(
        ReadOnlySpan<char> query,
        string accept,
        RandomnessOptions options,
        out StreamRequest request,
        out RequestError? error
    )
    {
        var fields = new StreamFields(options);
        error = fields.Read(query);
        request = default;
        return error is null && fields.TryBuild(accept, out request, out error);
    }
}
