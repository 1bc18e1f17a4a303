using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OpenEntropy.Http.Answers;

/// <summary>Reads bodies that are to be JSON.</summary>
internal static class JsonBody
{
    private const int FirstBytes = 4096;

    /// <summary>Whether the answer says that it is JSON.</summary>
    /// <param name="response">The answer.</param>
    public static bool IsJson(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is { } type
        && (
            type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>The whole body.</summary>
    /// <param name="response">Says that it is JSON, or is refused.</param>
    /// <param name="calls">Reads.</param>
    /// <param name="cancellation">The caller's.</param>
    /// <returns>The bytes, in pinned memory that is zeroed when it is disposed of.</returns>
    /// <exception cref="ServiceAnswerException">It is no JSON, too long, or not whole.</exception>
    public static async Task<SecretBytes> ReadBytesAsync(HttpResponseMessage response, ServiceCalls calls, CancellationToken cancellation)
    {
        if (!IsJson(response))
            throw new ServiceAnswerException(
                $"JSON was asked for, and {response.Content.Headers.ContentType?.ToString() ?? "no type"} came."
            );
        var announced = response.Content.Headers.ContentLength;
        var most = calls.Options.MaximumJsonBytes;
        if (announced > most)
            throw TooLong(most);
        var bytes = new SecretBytes((int)Math.Min(announced + 1 ?? FirstBytes, most));
        try
        {
            await using var reader = await calls.OpenAsync(response, cancellation);
            int count;
            while ((count = await reader.ReadAsync(bytes.GetMemory(1))) > 0)
            {
                bytes.Advance(count);
                if (bytes.Length > most)
                    throw TooLong(most);
            }

            return announced is null || announced == bytes.Length
                ? bytes
                : throw new ServiceAnswerException($"{announced} bytes were announced, and {bytes.Length} came.");
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>The body as a document, which something is made of.</summary>
    /// <param name="response">Says that it is JSON, or is refused.</param>
    /// <param name="calls">Reads.</param>
    /// <param name="read">Makes it; what it finds missing or of another kind is an error of the answer.</param>
    /// <param name="cancellation">The caller's.</param>
    public static async Task<T> ReadAsync<T>(
        HttpResponseMessage response,
        ServiceCalls calls,
        Func<JsonElement, T> read,
        CancellationToken cancellation
    )
    {
        using var bytes = await ReadBytesAsync(response, calls, cancellation);
        return Parse(bytes.Written, read);
    }

    /// <summary>The body as one of the service's objects.</summary>
    /// <param name="response">Says that it is JSON, or is refused.</param>
    /// <param name="calls">Reads.</param>
    /// <param name="type">The object's members.</param>
    /// <param name="cancellation">The caller's.</param>
    public static Task<T> ReadAsync<T>(
        HttpResponseMessage response,
        ServiceCalls calls,
        JsonTypeInfo<T> type,
        CancellationToken cancellation
    ) =>
        ReadAsync(response, calls, root => root.Deserialize(type) ?? throw new ServiceAnswerException("The answer is null."), cancellation);

    /// <summary>Makes something of a text; whatever is wrong with it is an error of the answer.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="read">Makes it.</param>
    public static T Parse<T>(ReadOnlyMemory<byte> utf8, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return read(document.RootElement);
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException)
        {
            throw new ServiceAnswerException($"The answer is not what was asked for: {exception.Message}", exception);
        }
    }

    private static ServiceAnswerException TooLong(int most) => new($"The answer has more than {most} bytes.");
}
