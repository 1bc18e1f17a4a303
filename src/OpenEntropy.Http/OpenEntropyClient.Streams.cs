using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using OpenEntropy.Http.Streaming;

namespace OpenEntropy.Http;

/// <summary>Streams of <c>/api/v1/stream</c>.</summary>
public sealed partial class OpenEntropyClient
{
    private const int PieceBytes = 16_384;

    /// <summary>
    /// A stream of random bytes. It ends where a length was asked for and all of it was read; any other end is a
    /// <see cref="ServiceAnswerException"/>, and so is whatever is read after one.
    /// </summary>
    /// <param name="options">Null: generator output without end.</param>
    /// <param name="cancellation">Ends the opening; each read takes its own.</param>
    /// <returns>Disposing it closes the connection.</returns>
    /// <exception cref="ServiceException">The service did not begin.</exception>
    public async Task<Stream> OpenStreamAsync(StreamOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new StreamOptions();
        var response = await _calls.GetAsync(StreamOptions.PathOf(options), cancellation);
        try
        {
            ExpectBytes(response, options.BytesOrDefault.Quality, options.Length);
            return new RandomStream(response, _calls, await response.Content.ReadAsStreamAsync(cancellation), options.Length);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>Random bytes, piece by piece. An early end of the stream is a <see cref="ServiceAnswerException"/>.</summary>
    /// <param name="options">Null: generator output without end.</param>
    /// <param name="cancellation">Ends it with <see cref="OperationCanceledException"/>.</param>
    /// <returns>Pieces of 1 to 16,384 bytes, each to be used before the next is asked for: the memory is used again, and zeroed at the end.</returns>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> StreamAsync(
        StreamOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellation = default
    )
    {
        await using var stream = await OpenStreamAsync(options, cancellation);
        var piece = SecretBytes.ArrayOf(PieceBytes);
        try
        {
            int count;
            while ((count = await stream.ReadAsync(piece, cancellation)) > 0)
                yield return piece.AsMemory(0, count);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(piece);
        }
    }
}
