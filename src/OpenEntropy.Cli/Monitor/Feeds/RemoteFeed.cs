using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Sources;

namespace OpenEntropy.Cli.Monitor.Feeds;

/// <summary>A service that runs elsewhere, by its HTTP API.</summary>
internal sealed class RemoteFeed : IMonitorFeed
{
    /// <summary>How long raw samples are waited for, seconds.</summary>
    public const int RawTimeoutSeconds = 3;

    // A list of sources has about 150 kB.
    private const int LongestAnswer = 8 * 1024 * 1024;
    private const int LongestMessage = 500;
    private const string Stranger = "its answer is not that of an OpenEntropy service of this version";

    // Stricter than the service's own: what a stranger leaves out, or says is null, must not be met in the middle of a painting.
    private static readonly ServerJson s_strict = new(
        new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
        }
    );

    private readonly HttpClient _client;
    private readonly string _sources;
    private readonly string? _operatorKey;
    private readonly string? _apiKey;
    private readonly TimeSpan _timeout;

    /// <param name="address">Where the service is, with the path it is mounted at.</param>
    /// <param name="selection">Which sources to list, as <c>?select=</c> takes them; null: all.</param>
    /// <param name="timeout">How long an answer is waited for.</param>
    /// <param name="operatorKey">The operator's key, sent with acts alone; null for none.</param>
    /// <param name="apiKey">The key for everything else, and for acts without an operator's; null for none.</param>
    public RemoteFeed(Uri address, string? selection, TimeSpan timeout, string? operatorKey = null, string? apiKey = null)
    {
        // A path without a slash at its end would be replaced by what is asked for.
        var home = new UriBuilder(address)
        {
            Path = address.AbsolutePath.TrimEnd('/') + "/",
            Query = "",
            Fragment = "",
        }.Uri;
        (Subject, _timeout) = (home.GetLeftPart(UriPartial.Path).TrimEnd('/'), timeout);
        (_operatorKey, _apiKey) = (operatorKey ?? apiKey, apiKey);
        _sources = selection is null ? "sources" : $"sources?select={Uri.EscapeDataString(selection)}";
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = home,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LongestAnswer,
        };
    }

    public string Subject { get; }

    public async Task<MonitorReading> ReadAsync(CancellationToken end)
    {
        var pool = await GetAsync("pool/status", s_strict.PoolBody, end);
        var sources = await GetAsync(_sources, s_strict.SourceListBody, end);
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (!sources.Sources.All(source => source is not null && names.Add(source.Name)))
            throw new MonitorFeedException(Stranger);
        return new MonitorReading(pool, sources.Sources);
    }

    public async Task<RawSamples> TakeRawAsync(string source, int count, CancellationToken end)
    {
        var query = $"source={Uri.EscapeDataString(source)}&length={count}&format=bytes&timeout={RawTimeoutSeconds}";
        var (status, body) = await SendAsync(HttpMethod.Get, $"api/v1/random?raw=true&{query}", end);
        return status == HttpStatusCode.OK
            ? new RawSamples(body)
            : new RawSamples(
                default,
                Refusal(status, body),
                IsSlow: status == HttpStatusCode.ServiceUnavailable,
                IsForbidden: status == HttpStatusCode.Forbidden
            );
    }

    public async Task<string> ActAsync(string source, SourceAct act, CancellationToken end)
    {
        var verb = JsonNamingPolicy.SnakeCaseLower.ConvertName(act.ToString());
        var (status, body) = await SendAsync(HttpMethod.Post, $"sources/{Uri.EscapeDataString(source)}/{verb}", end);
        return status == HttpStatusCode.OK ? $"{source} is {Parse(body, s_strict.SourceBody).State}" : Refusal(status, body);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken end)
    {
        var (status, body) = await SendAsync(HttpMethod.Get, path, end);
        return status == HttpStatusCode.OK ? Parse(body, type) : throw new MonitorFeedException($"/{path}: {Refusal(status, body)}");
    }

    private async Task<(HttpStatusCode Status, byte[] Body)> SendAsync(HttpMethod method, string path, CancellationToken end)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(end);
        limit.CancelAfter(_timeout);
        try
        {
            using var request = new HttpRequestMessage(method, path);
            if ((method == HttpMethod.Post ? _operatorKey : _apiKey) is { } key)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using var answer = await _client.SendAsync(request, limit.Token);
            return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(limit.Token));
        }
        catch (OperationCanceledException exception) when (!end.IsCancellationRequested)
        {
            throw new MonitorFeedException($"no answer within {_timeout.TotalSeconds:0.#} s", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new MonitorFeedException(Cause(exception), exception);
        }
    }

    private static T Parse<T>(byte[] body, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw new MonitorFeedException(Stranger, exception);
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
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or half of a surrogate pair in a text: its status says all there is.
        }

        return $"answered with status {(int)status}";
    }

    // What a stranger's service says must not be a command to the terminal.
    private static string Harmless(string message) =>
        string.Concat(message.Take(LongestMessage).Select(character => char.IsControl(character) ? ' ' : character));

    private static string Cause(Exception exception) =>
        exception.GetBaseException() is SocketException socket
            ? socket.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => "connection refused",
                SocketError.HostNotFound => "there is no such host",
                _ => Harmless(socket.Message),
            }
            : Harmless(exception.GetBaseException().Message.TrimEnd('.')); // which may quote a malformed answer
}
