using System.Diagnostics;
using System.Net;
using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Pqc;

/// <summary>Asks a service of its own for default bundles, whose storage directory is a new one; disposed, it is removed.</summary>
internal sealed class MintClient : IDisposable
{
    private readonly HttpClient _client = new();
    private readonly DirectoryInfo _storage = Directory.CreateTempSubdirectory("openentropy-mint-");

    /// <summary>Arguments for the service.</summary>
    public string[] Arguments => [$"--OpenEntropy:Storage:Directory={_storage.FullName}", "--OpenEntropy:Bundles:MintsPerMinute=60000"];

    /// <summary>Has one made.</summary>
    /// <param name="service">The service.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>Seconds from the request to the last byte of the answer.</returns>
    /// <exception cref="MeasurementException">It was refused.</exception>
    public async Task<double> MintAsync(ChildService service, CancellationToken stop = default)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await _client.PostAsync(service.Address("/api/v1/pqc/bundles"), content: null, stop);
        var text = await answer.Content.ReadAsStringAsync(stop);
        return answer.StatusCode == HttpStatusCode.Created
            ? Stopwatch.GetElapsedTime(start).TotalSeconds
            : throw new MeasurementException($"no bundle was made: {text}");
    }

    /// <summary>Has them made by many at once until told to stop.</summary>
    /// <param name="service">The service.</param>
    /// <param name="clients">How many ask, each again as soon as it is answered.</param>
    /// <param name="stop">The end.</param>
    /// <returns>How many were made.</returns>
    public async Task<int> MintManyAsync(ChildService service, int clients, CancellationToken stop)
    {
        var made = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, clients)
                .Select(async _ =>
                {
                    try
                    {
                        while (!stop.IsCancellationRequested)
                        {
                            await MintAsync(service, stop);
                            Interlocked.Increment(ref made);
                        }
                    }
                    catch (OperationCanceledException)
                    {
                        // The one under way at the end is not counted.
                    }
                })
        );
        return made;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _storage.Delete(recursive: true);
    }
}
