using System.Net.Http.Headers;
using System.Security.Cryptography;
using OpenEntropy.Http.Answers;
using OpenEntropy.Http.Randomness;

namespace OpenEntropy.Http;

/// <summary>Bytes and numbers of <c>/api/v1/random</c>.</summary>
public sealed partial class OpenEntropyClient
{
    private const string RandomPath = "api/v1/random";
    private const string QualityHeader = "OpenEntropy-Quality";

    /// <summary>Fills with random bytes.</summary>
    /// <param name="destination">Any length the service allows, 1 GiB as shipped; zeroed where the call throws.</param>
    /// <param name="options">Null: generator output.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="ServiceException">The service did not give all of it.</exception>
    public async Task FillAsync(Memory<byte> destination, RandomOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= RandomOptions.Default;
        var path = RandomOptions.Add(new RequestPath(RandomPath).Add("length", destination.Length).Add("format", "bytes"), options);
        if (destination.IsEmpty)
            return;
        try
        {
            using var response = await _calls.GetAsync(path, cancellation);
            ExpectBytes(response, options.Quality, destination.Length);
            await using var reader = await _calls.OpenAsync(response, cancellation);
            var length = await reader.ReadToAsync(destination);
            AnswerCheck.Expect(length == destination.Length, $"{destination.Length} bytes were asked for, and {length} came");
            AnswerCheck.Expect(await reader.ReadAsync(new byte[1]) == 0, $"more than {destination.Length} bytes came");
        }
        catch
        {
            CryptographicOperations.ZeroMemory(destination.Span);
            throw;
        }
    }

    /// <summary>Random bytes.</summary>
    /// <param name="count">At least 0.</param>
    /// <param name="options">Null: generator output.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="ServiceException">The service did not give all of them.</exception>
    public async Task<byte[]> GetBytesAsync(int count, RandomOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var bytes = new byte[count];
        await FillAsync(bytes, options, cancellation);
        return bytes;
    }

    /// <summary>Numbers 0 to 255.</summary>
    /// <param name="length">1 to what the service allows, 65,536 as shipped.</param>
    /// <param name="options">Null: generator output.</param>
    /// <param name="receipt">Whether the service signs a receipt of them.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="ServiceException">The service did not give all of them.</exception>
    public Task<RandomNumbers<byte>> GetUInt8Async(
        int length,
        RandomOptions? options = null,
        bool receipt = false,
        CancellationToken cancellation = default
    ) => GetNumbersAsync("uint8", length, 1, element => element.GetByte(), options, receipt, cancellation);

    /// <summary>Numbers 0 to 65,535.</summary>
    /// <param name="length">1 to what the service allows, 65,536 as shipped.</param>
    /// <param name="options">Null: generator output.</param>
    /// <param name="receipt">Whether the service signs a receipt of them.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="ServiceException">The service did not give all of them.</exception>
    public Task<RandomNumbers<ushort>> GetUInt16Async(
        int length,
        RandomOptions? options = null,
        bool receipt = false,
        CancellationToken cancellation = default
    ) => GetNumbersAsync("uint16", length, 1, element => element.GetUInt16(), options, receipt, cancellation);

    /// <summary>Blocks of bytes in lower-case hexadecimal digits.</summary>
    /// <param name="length">1 to what the service allows, 65,536 as shipped.</param>
    /// <param name="size">Bytes of a block, 1 to 1024.</param>
    /// <param name="options">Null: generator output.</param>
    /// <param name="receipt">Whether the service signs a receipt of them.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="ServiceException">The service did not give all of them.</exception>
    public Task<RandomNumbers<string>> GetHex8Async(
        int length,
        int size = 1,
        RandomOptions? options = null,
        bool receipt = false,
        CancellationToken cancellation = default
    ) => GetNumbersAsync("hex8", length, size, element => NumberAnswer.Hex(element, size), options, receipt, cancellation);

    /// <summary>Blocks of 16-bit words in lower-case hexadecimal digits.</summary>
    /// <param name="length">1 to what the service allows, 65,536 as shipped.</param>
    /// <param name="size">Words of a block, 1 to 1024.</param>
    /// <param name="options">Null: generator output.</param>
    /// <param name="receipt">Whether the service signs a receipt of them.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="ServiceException">The service did not give all of them.</exception>
    public Task<RandomNumbers<string>> GetHex16Async(
        int length,
        int size = 1,
        RandomOptions? options = null,
        bool receipt = false,
        CancellationToken cancellation = default
    ) => GetNumbersAsync("hex16", length, size, element => NumberAnswer.Hex(element, 2 * size), options, receipt, cancellation);

    private async Task<RandomNumbers<T>> GetNumbersAsync<T>(
        string type,
        int length,
        int size,
        Func<System.Text.Json.JsonElement, T> element,
        RandomOptions? options,
        bool receipt,
        CancellationToken cancellation
    )
    {
        options ??= RandomOptions.Default;
        var path = RandomOptions.Add(
            new RequestPath(RandomPath).Add("length", length).Add("type", type).Add("size", size).Add("format", "json"),
            options
        );
        using var response = await _calls.GetAsync(path.AddFlag("receipt", receipt), cancellation);
        using var bytes = await JsonBody.ReadBytesAsync(response, _calls, cancellation);
        var text = receipt ? System.Text.Encoding.UTF8.GetString(bytes.Written.Span) : null;
        return JsonBody.Parse(bytes.Written, root => new NumberAnswer(type, length, size, options.Quality).Read(root, element, text));
    }

    private static void ExpectBytes(HttpResponseMessage response, string quality, long? length)
    {
        var headers = response.Content.Headers;
        AnswerCheck.Expect(
            string.Equals(headers.ContentType?.MediaType, "application/octet-stream", StringComparison.OrdinalIgnoreCase),
            $"bytes were asked for, and {headers.ContentType?.ToString() ?? "no type"} came"
        );
        AnswerCheck.Expect(headers.ContentEncoding.Count == 0, "the bytes were encoded on the way");
        AnswerCheck.Expect(Header(response.Headers, QualityHeader) == quality, $"{QualityHeader} is not {quality}");
        AnswerCheck.Expect(
            headers.ContentLength is not { } announced || length is null || announced == length,
            $"{length} bytes were asked for, and {headers.ContentLength} are announced"
        );
    }

    private static string? Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
}
