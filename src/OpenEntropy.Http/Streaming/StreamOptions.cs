using OpenEntropy.Http.Answers;

namespace OpenEntropy.Http;

/// <summary>What a stream of random bytes is to be.</summary>
public sealed record StreamOptions
{
    /// <summary>Random bytes after which it ends, 1 to 2^50; null: it has no end, and an end is an error.</summary>
    public long? Length { get; init; }

    /// <summary>Random bytes per second at most, 1 to 2^30; null: as fast as they are read.</summary>
    public long? Rate { get; init; }

    /// <summary>How the bytes are made, but never fresh. Null: generator output.</summary>
    public RandomOptions? Bytes { get; init; }

    internal RandomOptions BytesOrDefault => Bytes ?? RandomOptions.Default;

    /// <summary>The request.</summary>
    /// <param name="options">What is asked for.</param>
    /// <exception cref="ArgumentException">Fresh bytes, which are given by requests alone.</exception>
    internal static RequestPath PathOf(StreamOptions options)
    {
        if (options.BytesOrDefault.Fresh)
            throw new ArgumentException("A stream gives no fresh bytes.", nameof(options));
        var path = new RequestPath("api/v1/stream").Add("format", "bytes").Add("length", options.Length).Add("rate", options.Rate);
        return RandomOptions.Add(path, options.BytesOrDefault);
    }
}
