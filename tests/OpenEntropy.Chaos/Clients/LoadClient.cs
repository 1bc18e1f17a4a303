using System.Net;
using System.Text.Json;

namespace OpenEntropy.Chaos.Clients;

/// <summary>Clients that ask on and on, whatever becomes of the service, and keep every answer.</summary>
/// <param name="service">Tells where it listens at the moment.</param>
/// <param name="invariants">What they saw.</param>
internal sealed class LoadClient(Func<Uri> service, Invariants invariants)
{
    private const string BundlesPath = "api/v1/pqc/bundles";
    private const int AnswerBytes = 4096;
    private const int LimitedBytes = 48;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    // Every client its own, so that one fault of a connection is one client's.
    private readonly HttpClient _client = new(new SocketsHttpHandler { ConnectTimeout = s_patience }) { Timeout = s_patience };

    /// <summary>Takes random bytes between two looks at the service's health.</summary>
    /// <param name="limited">Whether they are to be backed by entropy.</param>
    /// <param name="end">Ends it.</param>
    public Task TakeAsync(bool limited, CancellationToken end) =>
        RepeatAsync(
            async () =>
            {
                var before = await HealthAsync(end);
                var query = limited ? $"length={LimitedBytes}&conditioning=limited" : $"length={AnswerBytes}";
                using var answer = await _client.GetAsync(new Uri(service(), $"api/v1/random?format=bytes&{query}"), end);
                Count(limited ? "limited" : "drbg", answer.StatusCode);
                if (answer.StatusCode != HttpStatusCode.OK)
                    return;
                var bytes = await answer.Content.ReadAsByteArrayAsync(end);
                invariants.Shelf.Add(bytes);
                if (bytes.Length != (limited ? LimitedBytes : AnswerBytes))
                    invariants.Break($"an answer has {bytes.Length} bytes");
                if (before == HttpStatusCode.ServiceUnavailable && await HealthAsync(end) == HttpStatusCode.ServiceUnavailable)
                    invariants.Break("bytes were given while /health said that none may be");
            },
            end
        );

    /// <summary>Has bundles made.</summary>
    /// <param name="end">Ends it.</param>
    public Task MintAsync(CancellationToken end) =>
        RepeatAsync(
            async () =>
            {
                using var answer = await _client.PostAsync(new Uri(service(), BundlesPath), content: null, end);
                Count("mint", answer.StatusCode);
                var body = await answer.Content.ReadAsStringAsync(end);
                if (answer.StatusCode != HttpStatusCode.Created)
                    return;
                using var json = JsonDocument.Parse(body);
                invariants.AddBundle(json.RootElement.GetProperty("bundle").GetProperty("id").GetString()!);
            },
            end
        );

    /// <summary>Whether every bundle that was answered is in the list, intact, and verifies.</summary>
    public async Task CheckBundlesAsync()
    {
        var listed = new HashSet<string>(StringComparer.Ordinal);
        for (var before = long.MaxValue; before > 1; )
        {
            using var list = JsonDocument.Parse(
                await _client.GetStringAsync(new Uri(service(), $"{BundlesPath}?limit=100&before={before}"))
            );
            var page = list.RootElement.GetProperty("bundles").EnumerateArray().ToList();
            foreach (var each in page)
            {
                listed.Add(each.GetProperty("id").GetString()!);
                before = each.GetProperty("sequence").GetInt64();
                if (!each.GetProperty("intact").GetBoolean())
                    invariants.Break($"bundle {before} is not intact");
            }

            if (page.Count == 0)
                break;
        }

        foreach (var id in invariants.Bundles.Where(id => !listed.Contains(id)))
            invariants.Break($"bundle {id} was answered and is lost");
        foreach (var id in invariants.Bundles)
            await VerifyAsync(id);
        invariants.Count($"bundles listed {listed.Count}, of them answered {invariants.Bundles.Count}");
    }

    private async Task VerifyAsync(string id)
    {
        var bundle = await _client.GetByteArrayAsync(new Uri(service(), $"{BundlesPath}/{id}"));
        using var content = new ByteArrayContent(bundle);
        content.Headers.ContentType = new("application/json");
        using var answer = await _client.PostAsync(new Uri(service(), $"{BundlesPath}/verify"), content);
        using var found = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        if (answer.StatusCode != HttpStatusCode.OK || !found.RootElement.GetProperty("valid").GetBoolean())
            invariants.Break($"bundle {id} does not verify");
    }

    private async Task<HttpStatusCode> HealthAsync(CancellationToken end)
    {
        using var answer = await _client.GetAsync(new Uri(service(), "health"), end);
        return answer.StatusCode;
    }

    private void Count(string what, HttpStatusCode status)
    {
        invariants.Count($"{what} {(int)status}");
        if (status is HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout)
            invariants.Break($"{what} was answered with {(int)status}");
    }

    private async Task RepeatAsync(Func<Task> ask, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await ask();
                await Task.Delay(s_pause, TimeProvider.System, end);
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
            {
                // The service is stopped, killed, or has no descriptor left: what was answered is what counts.
                invariants.Count($"no answer ({exception.GetType().Name})");
                await Task.Delay(s_pause, TimeProvider.System, CancellationToken.None);
            }
        }
    }
}
