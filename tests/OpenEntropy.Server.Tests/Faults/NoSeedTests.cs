using System.Net;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Faults;

/// <summary>No seed, or none young enough: refusals, never a byte.</summary>
public sealed class NoSeedTests
{
    private static readonly TimeSpan s_maximumSeedAge = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Get_AllSourcesFailed_Is503OnceTheYoungestSeedPassesItsMaximumAge()
    {
        var time = new ManualTimeProvider();
        await using var factory = new ServerFactory { Time = time };
        using var client = await factory.CreateReadyClientAsync();
        await client.UntilAvailableAsync(100); // more than is asked for below
        foreach (var source in factory.Sources)
        {
            source.Failure = new InvalidOperationException("unplugged");
        }

        foreach (var source in factory.Sources)
        {
            await client.UntilStateAsync(source.Info.Name, "failed");
        }

        // Every block was completed at the first moment of this clock.
        time.Advance(s_maximumSeedAge);
        foreach (var route in Door.OutputRoutes())
        {
            using var answer = await client.GetAsync(new Uri(route, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        time.Advance(TimeSpan.FromTicks(1));
        foreach (var route in Door.OutputRoutes())
        {
            await client.AssertRefusedAsync(route, "");
        }

        await client.AssertRefusedAsync("/api/v1/random", "no seed is younger than 00:10:00 and the pool is empty");
        var (status, health) = await client.JsonAsync("/health");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unhealthy"), (status, health.Text("status")));
        Assert.Equal(0, await client.MetricAsync("openentropy_generators_seeded"));
        Assert.Empty(factory.Logs.Errors);
    }

    [Fact]
    public async Task Get_AllSourcesFailedForGood_SaysWhatIsMissing()
    {
        var time = new ManualTimeProvider();
        await using var factory = new ServerFactory { Time = time, Sources = [new("one", _ => 9), new("two", _ => 9)] };
        using var client = factory.CreateClient();
        await client.UntilStateAsync("one", "permanently_failed");
        await client.UntilStateAsync("two", "permanently_failed");

        await client.AssertRefusedAsync("/api/v1/random", "0 credited noise sources are selected and working, and a block needs 2");
        Assert.Equal("unhealthy", (await client.JsonAsync("/health")).Body.Text("status"));
    }

    [Fact]
    public async Task Get_SourcesFailAtSample1023OfTheirStartUp_NothingIsServedUntilTheyPassItWhole()
    {
        using var gate = new ManualResetEventSlim();
        await using var factory = new ServerFactory
        {
            Sources = [.. new[] { "one", "two", "three" }.Select(name => new ScriptedNoiseSource(name, Script) { AtMost = 1 })],
        };
        using var client = factory.CreateClient();
        await ServerFactory.UntilAsync(() => Task.FromResult(factory.Sources.All(source => source.Position > Gate)));

        foreach (var route in Door.OutputRoutes())
        {
            await client.AssertRefusedAsync(route, "no seed yet: the noise sources are in their start-up tests");
        }

        var (status, health) = await client.JsonAsync("/health");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "starting"), (status, health.Text("status")));
        foreach (var source in factory.Sources)
        {
            var told = await client.SourceAsync(source.Info.Name);
            Assert.Equal("failed", told.Text("state"));
            Assert.Equal("rct failed; 1024 samples must pass again", told.Text("reason"));
            Assert.Equal(1, told.GetProperty("failures_by_test").GetProperty("rct").GetInt64());
            Assert.Equal(0, told.GetProperty("credited_bits").GetDouble());
        }

        gate.Set();
        using var ready = await factory.CreateReadyClientAsync();
        Assert.Equal(HttpStatusCode.OK, (await ready.JsonAsync("/api/v1/random?length=1")).Status);

        byte Script(long position)
        {
            if (position == Gate)
            {
                gate.Wait();
            }

            // The opening takes sample 0 untested. C = 121 for 1/3 bit, so the run from 903 on fails the test at the 1,023rd sample tested;
            // at 130 it stays below the permanent cutoff, 181.
            return position is >= 903 and < 903 + 130 ? (byte)9 : ScriptedNoiseSource.Lively(position);
        }
    }

    /// <summary>After the run, and fewer than 1,024 samples after it.</summary>
    private const long Gate = 1900;
}
