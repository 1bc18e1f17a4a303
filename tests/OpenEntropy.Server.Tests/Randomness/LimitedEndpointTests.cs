using System.Net;
using OpenEntropy.Pool;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Randomness;

/// <summary>Entropy-limited output of a pool whose blocks come when the test lets them.</summary>
public sealed class LimitedEndpointTests
{
    private const int Blocks = 64;
    private const int BlocksAtOnce = 10;
    private const int MoreThanIsThere = 60_000;

    [Fact]
    public async Task Get_LimitedUntilThePoolIsDry_Is503WithTheTimeTheHarvestNeeds()
    {
        // Large enough that what is missing takes the harvest longer than the second that is the least to be told.
        var options = new EntropyPoolOptions { Pool = new SeedPoolOptions { Capacity = 65_536 } };
        await using var scripted = new ScriptedPool(options, ScriptedPool.TwoLively());
        await using var host = await RandomHost.StartAsync(scripted.Pool);
        Assert.True(scripted.HarvestBlocks(Blocks));

        var served = 0;
        while (await GetAsync(host, BlocksAtOnce) is (HttpStatusCode.OK, _, var length))
        {
            Assert.Equal(BlocksAtOnce * scripted.Pool.Status.BlockBits / 8, length);
            served++;
        }

        // Each block was given once; what else is gone, generators took as their seeds.
        var status = scripted.Pool.Status;
        Assert.Equal(served * BlocksAtOnce * status.BlockBits / 8, status.LimitedBytes);
        Assert.InRange(served, 1, Blocks / BlocksAtOnce);
        Assert.InRange(status.BlocksAvailable, 0, BlocksAtOnce - 1);
        foreach (var blocks in new[] { BlocksAtOnce, MoreThanIsThere })
        {
            var refused = await GetAsync(host, blocks);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
            Assert.Equal(TimeTo(blocks, status), refused.RetryAfter);
        }

        // A generator that has not been used yet takes its seed first.
        Assert.True(scripted.HarvestBlocks(BlocksAtOnce + status.Generators));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(host, BlocksAtOnce)).Status);
    }

    [Fact]
    public async Task Get_AfterTheTimeToldAtTheRateOfTheHarvest_IsServedAndNotASecondEarlier()
    {
        var options = new EntropyPoolOptions { Pool = new SeedPoolOptions { Capacity = 65_536 } };
        await using var scripted = new ScriptedPool(options, ScriptedPool.TwoLively());
        await using var host = await RandomHost.StartAsync(scripted.Pool);
        Assert.True(scripted.HarvestBlocks(Blocks));

        // What takes the harvest two seconds and a half: it is told to come back in three.
        var asked = (int)(2.5 * scripted.Pool.Status.BlocksPerSecond) + scripted.Pool.Status.BlocksAvailable;
        var refused = await GetAsync(host, asked);
        var status = scripted.Pool.Status;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.InRange(refused.RetryAfter!.Value.TotalSeconds, 2, 4);

        Harvest(scripted, status.BlocksProduced + (long)(status.BlocksPerSecond * (refused.RetryAfter.Value.TotalSeconds - 1)));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await GetAsync(host, asked)).Status);

        Harvest(scripted, status.BlocksProduced + (long)(status.BlocksPerSecond * refused.RetryAfter.Value.TotalSeconds));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(host, asked)).Status);
    }

    // A piece at a time: what is bounded is how long one takes.
    private static void Harvest(ScriptedPool scripted, long blocks)
    {
        while (scripted.Pool.Status.BlocksProduced < blocks)
        {
            var next = Math.Min(blocks, scripted.Pool.Status.BlocksProduced + 100);
            Assert.True(scripted.HarvestUntil(() => scripted.Pool.Status.BlocksProduced >= next));
        }
    }

    private static TimeSpan TimeTo(int blocks, EntropyPoolStatus status) =>
        TimeSpan.FromSeconds(Math.Clamp(Math.Ceiling((blocks - status.BlocksAvailable) / status.BlocksPerSecond), 1, 3600));

    private static async Task<(HttpStatusCode Status, TimeSpan? RetryAfter, int Length)> GetAsync(RandomHost host, int blocks)
    {
        using var response = await host.Client.GetAsync(
            $"/api/v1/random?conditioning=limited&format=lines&type=hex8&size=48&length={blocks}"
        );
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (response.StatusCode, response.Headers.RetryAfter?.Delta, lines.Sum(line => line.Length / 2));
    }
}
