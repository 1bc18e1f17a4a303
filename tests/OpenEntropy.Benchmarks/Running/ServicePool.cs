using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace OpenEntropy.Benchmarks.Running;

/// <summary>
/// Waits for a service's pool to fill: until then the harvest takes all the processor it can get, which is not what a request or an idle
/// minute costs.
/// </summary>
internal static class ServicePool
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits.</summary>
    /// <param name="service">It answers.</param>
    /// <returns>How long that took.</returns>
    /// <exception cref="MeasurementException">The pool is not full within a minute.</exception>
    public static async Task<TimeSpan> WaitUntilFullAsync(ChildService service)
    {
        var start = Stopwatch.GetTimestamp();
        using var client = service.CreateClient();
        while (Stopwatch.GetElapsedTime(start) < s_patience)
        {
            var status = await client.GetFromJsonAsync<JsonElement>(service.Address("/pool/status"));
            if (status.GetProperty("fill").GetDouble() >= 1)
            {
                return Stopwatch.GetElapsedTime(start);
            }

            await Task.Delay(s_poll, TimeProvider.System);
        }

        throw new MeasurementException($"the pool was not full after {s_patience.TotalSeconds:0} s");
    }
}
