using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Cli.Services;

/// <summary>The way to a running service: bounded in time and in the size of an answer, without redirects and cookies.</summary>
internal sealed class ServiceLink : IDisposable
{
    // Stricter than the service's own: what a stranger leaves out, or says is null, must not be met later.
    private static readonly ServerJson s_strict = new(
        new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
        }
    );

    private readonly HttpClient _client;
    private readonly TimeSpan _patience;

    /// <param name="address">Where the service is, with the path it is mounted at.</param>
    /// <param name="patience">How long an answer is waited for.</param>
    /// <param name="longestAnswer">Bytes.</param>
    public ServiceLink(Uri address, TimeSpan patience, int longestAnswer)
    {
        // A path without a slash at its end would be replaced by what is asked for.
        var home = new UriBuilder(address)
        {
            Path = address.AbsolutePath.TrimEnd('/') + "/",
            Query = "",
            Fragment = "",
        }.Uri;
        (Subject, _patience) = (home.GetLeftPart(UriPartial.Path).TrimEnd('/'), patience);
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = home,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = longestAnswer,
        };
    }

    /// <summary>Where the service is.</summary>
    public string Subject { get; }

    /// <summary>How answers are read.</summary>
    public static ServerJson Json => s_strict;

    /// <summary>Asks.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">Path and query, without a slash before them.</param>
    /// <param name="key">A bearer's key; null for none.</param>
    /// <param name="end">Ends the wait.</param>
    /// <exception cref="NoAnswerException">No answer came.</exception>
    public async Task<ServiceAnswer> SendAsync(HttpMethod method, string path, string? key, CancellationToken end)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(end);
        limit.CancelAfter(_patience);
        try
        {
            using var request = new HttpRequestMessage(method, path);
            if (key is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using var answer = await _client.SendAsync(request, limit.Token);
            return new ServiceAnswer(answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(limit.Token));
        }
        catch (OperationCanceledException exception) when (!end.IsCancellationRequested)
        {
            throw new NoAnswerException($"no answer within {_patience.TotalSeconds:0.#} s", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new NoAnswerException(Cause(exception), exception);
        }
    }

    public void Dispose() => _client.Dispose();

    private static string Cause(Exception exception) =>
        exception.GetBaseException() is SocketException socket
            ? socket.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => "connection refused",
                SocketError.HostNotFound => "there is no such host",
                _ => ServiceAnswer.Harmless(socket.Message),
            }
            : ServiceAnswer.Harmless(exception.GetBaseException().Message.TrimEnd('.')); // which may quote a malformed answer
}
