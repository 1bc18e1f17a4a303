using System.Net.Http.Headers;
using OpenEntropy.Http.Answers;

namespace OpenEntropy.Http;

/// <summary>
/// A client of the OpenEntropy service. Every call gives what was asked for, whole and of the quality that was asked for, or throws: a
/// <see cref="ServiceException"/> of the service's doing, <see cref="HttpRequestException"/> where it cannot be reached, <see cref="TimeoutException"/>
/// where it does not answer in time. Several threads may use one.
/// </summary>
public sealed partial class OpenEntropyClient
{
    private readonly ServiceCalls _calls;

    /// <summary>A client.</summary>
    /// <param name="http">Its base address is the service's, ending in a slash; it stays its owner's.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="time">Null: the system's clock.</param>
    /// <exception cref="ArgumentException">There is no base address, or it ends in no slash, so that its last part would be lost.</exception>
    public OpenEntropyClient(HttpClient http, OpenEntropyClientOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.BaseAddress?.AbsolutePath.EndsWith('/') != true)
            throw new ArgumentException("BaseAddress must be the service's address, with a slash at its end.", nameof(http));
        _calls = new ServiceCalls(http, options ?? new OpenEntropyClientOptions(), time ?? TimeProvider.System);
    }

    private async Task<T> GetAsync<T>(
        RequestPath path,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type,
        CancellationToken cancellation
    )
    {
        using var response = await _calls.GetAsync(path, cancellation);
        return await JsonBody.ReadAsync(response, _calls, type, cancellation);
    }

    // An act, or a body that is judged: sent once.
    private async Task<T> SendOnceAsync<T>(
        Func<HttpRequestMessage> create,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type,
        CancellationToken cancellation
    )
    {
        using var response = await _calls.SendAsync(create, mayRepeat: false, cancellation);
        return await JsonBody.ReadAsync(response, _calls, type, cancellation);
    }

    // An operator's act, with the key where there is one. A redirection is followed without it.
    private HttpRequestMessage Act(RequestPath path, Func<HttpContent>? content = null)
    {
        var message = Post(path, content);
        if (_calls.Options.OperatorKey is { } key)
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return message;
    }

    private static HttpRequestMessage Post(RequestPath path, Func<HttpContent>? content) =>
        new(HttpMethod.Post, path.ToUri()) { Content = content?.Invoke() };

    // A name is one part of a path.
    private static string Part(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return name is "." or ".." ? throw new ArgumentException($"'{name}' is no name.", nameof(name)) : Uri.EscapeDataString(name);
    }
}
