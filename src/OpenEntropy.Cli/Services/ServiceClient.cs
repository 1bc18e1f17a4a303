using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpenEntropy.Cli.Monitor;
using OpenEntropy.Cli.Running;
using OpenEntropy.Server.Hosting;
using ExitCodes = OpenEntropy.Cli.Running.ExitCodes;

namespace OpenEntropy.Cli.Services;

/// <summary>Asks a running service, with the operator's key where the environment has one.</summary>
internal sealed class ServiceClient : IDisposable
{
    /// <summary>Where a service is that was started without options.</summary>
    public const string UsualAddress = "http://127.0.0.1:8042";

    private const int LongestAnswer = 1 << 20;
    private const int LongestMessage = 500;

    // Stricter than the service's own: what a stranger leaves out must not be met later.
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

    /// <param name="address">Where the service is; null: <see cref="UsualAddress"/>.</param>
    /// <param name="patience">How long an answer is waited for.</param>
    public ServiceClient(Uri? address, TimeSpan patience)
    {
        var home = new UriBuilder(address ?? new Uri(UsualAddress));
        home.Path = home.Path.TrimEnd('/') + "/";
        (Subject, _patience) = (home.Uri.GetLeftPart(UriPartial.Path).TrimEnd('/'), patience);
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = home.Uri,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LongestAnswer,
        };
        if (OperatorKey.Read() is { } key)
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Where the service is.</summary>
    public string Subject { get; }

    /// <summary>How answers are read.</summary>
    public static ServerJson Json => s_strict;

    /// <summary>Asks, and reads the answer.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">Path and query, without a slash before them.</param>
    /// <param name="type">The body.</param>
    /// <param name="end">Ends the wait.</param>
    /// <param name="also">A status whose body is the same.</param>
    /// <exception cref="CommandFailureException">It refused, did not answer, or is none of this version.</exception>
    public async Task<T> AskAsync<T>(
        HttpMethod method,
        string path,
        JsonTypeInfo<T> type,
        CancellationToken end,
        HttpStatusCode also = HttpStatusCode.Created
    )
    {
        var (status, body) = await SendAsync(method, path, end);
        if (status != HttpStatusCode.OK && status != also)
            throw new CommandFailureException($"{Subject} refuses: {Refusal(status, body)}.", ExitCodes.Unavailable);
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException("null");
        }
        catch (JsonException)
        {
            throw new CommandFailureException(
                $"{Subject}: its answer is not that of an OpenEntropy service of this version.",
                ExitCodes.Unavailable
            );
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<(HttpStatusCode Status, byte[] Body)> SendAsync(HttpMethod method, string path, CancellationToken end)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(end);
        limit.CancelAfter(_patience);
        try
        {
            using var request = new HttpRequestMessage(method, path);
            using var answer = await _client.SendAsync(request, limit.Token);
            return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(limit.Token));
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested)
        {
            throw new CommandFailureException($"{Subject}: no answer within {_patience.TotalSeconds:0.#} s.", ExitCodes.Unavailable);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            var cause = exception.GetBaseException() is SocketException { SocketErrorCode: SocketError.ConnectionRefused }
                ? "connection refused"
                : Harmless(exception.GetBaseException().Message.TrimEnd('.'));
            throw new CommandFailureException($"{Subject}: {cause}.", ExitCodes.Unavailable);
        }
    }

    // The service's own refusals say what is wrong in one sentence; whatever else answers does not.
    private static string Refusal(HttpStatusCode status, byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (
                document.RootElement is { ValueKind: JsonValueKind.Object } problem
                && problem.TryGetProperty("message", out var message)
                && message.ValueKind == JsonValueKind.String
            )
                return Harmless(message.GetString()!);
        }
        catch (JsonException)
        {
            // No JSON: its status says all there is.
        }

        return $"it answered with status {(int)status}";
    }

    // What a stranger's service says must not be a command to the terminal.
    private static string Harmless(string message) =>
        string.Concat(message.Take(LongestMessage).Select(character => char.IsControl(character) ? ' ' : character));
}
