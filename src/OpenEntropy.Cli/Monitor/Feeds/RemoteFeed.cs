using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpenEntropy.Cli.Services;
using OpenEntropy.Server.Sources;

namespace OpenEntropy.Cli.Monitor.Feeds;

/// <summary>A service that runs elsewhere, by its HTTP API.</summary>
internal sealed class RemoteFeed : IMonitorFeed
{
    /// <summary>How long raw samples are waited for, seconds.</summary>
    public const int RawTimeoutSeconds = 3;

    // A list of sources has about 150 kB.
    private const int LongestAnswer = 8 * 1024 * 1024;

    private readonly ServiceLink _link;
    private readonly string _sources;
    private readonly string? _operatorKey;
    private readonly string? _apiKey;

    /// <param name="address">Where the service is, with the path it is mounted at.</param>
    /// <param name="selection">Which sources to list, as <c>?select=</c> takes them; null: all.</param>
    /// <param name="timeout">How long an answer is waited for.</param>
    /// <param name="operatorKey">The operator's key, sent with acts alone; null for none.</param>
    /// <param name="apiKey">The key for everything else, and for acts without an operator's; null for none.</param>
    public RemoteFeed(Uri address, string? selection, TimeSpan timeout, string? operatorKey = null, string? apiKey = null)
    {
        (_operatorKey, _apiKey) = (operatorKey ?? apiKey, apiKey);
        _sources = selection is null ? "sources" : $"sources?select={Uri.EscapeDataString(selection)}";
        _link = new ServiceLink(address, timeout, LongestAnswer);
    }

    public string Subject => _link.Subject;

    public async Task<MonitorReading> ReadAsync(CancellationToken end)
    {
        var pool = await GetAsync("pool/status", ServiceLink.Json.PoolBody, end);
        var sources = await GetAsync(_sources, ServiceLink.Json.SourceListBody, end);
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (!sources.Sources.All(source => source is not null && names.Add(source.Name)))
            throw new MonitorFeedException(ServiceAnswer.Stranger);
        return new MonitorReading(pool, sources.Sources);
    }

    public async Task<RawSamples> TakeRawAsync(string source, int count, CancellationToken end)
    {
        var query = $"source={Uri.EscapeDataString(source)}&length={count}&format=bytes&timeout={RawTimeoutSeconds}";
        var answer = await SendAsync(HttpMethod.Get, $"api/v1/random?raw=true&{query}", end);
        return answer.Status == HttpStatusCode.OK
            ? new RawSamples(answer.Body)
            : new RawSamples(
                default,
                Refusal(answer),
                IsSlow: answer.Status == HttpStatusCode.ServiceUnavailable,
                IsForbidden: answer.Status == HttpStatusCode.Forbidden
            );
    }

    public async Task<string> ActAsync(string source, SourceAct act, CancellationToken end)
    {
        var verb = JsonNamingPolicy.SnakeCaseLower.ConvertName(act.ToString());
        var answer = await SendAsync(HttpMethod.Post, $"sources/{Uri.EscapeDataString(source)}/{verb}", end);
        return answer.Status == HttpStatusCode.OK ? $"{source} is {Read(answer, ServiceLink.Json.SourceBody).State}" : Refusal(answer);
    }

    public ValueTask DisposeAsync()
    {
        _link.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken end)
    {
        var answer = await SendAsync(HttpMethod.Get, path, end);
        return answer.Status == HttpStatusCode.OK ? Read(answer, type) : throw new MonitorFeedException($"/{path}: {Refusal(answer)}");
    }

    private async Task<ServiceAnswer> SendAsync(HttpMethod method, string path, CancellationToken end)
    {
        try
        {
            return await _link.SendAsync(method, path, method == HttpMethod.Post ? _operatorKey : _apiKey, end);
        }
        catch (NoAnswerException exception)
        {
            throw new MonitorFeedException(exception.Message, exception);
        }
    }

    private static string Refusal(ServiceAnswer answer) => answer.Message ?? $"answered with status {(int)answer.Status}";

    private static T Read<T>(ServiceAnswer answer, JsonTypeInfo<T> type)
    {
        try
        {
            return answer.Read(type);
        }
        catch (JsonException exception)
        {
            throw new MonitorFeedException(ServiceAnswer.Stranger, exception);
        }
    }
}
