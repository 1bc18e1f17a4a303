using System.Net;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>A pool that gives nothing: no key is made, whoever signs is known or not.</summary>
public sealed class NoEntropyTests : BundlePoolTests
{
    [Fact]
    public async Task Post_PoolThatRefuses_MakesNoIdentityNoKeyAndNoFile()
    {
        await StopHarvestAsync();
        Empty();
        await using var host = await BundlesAsync();
        using var answer = await host.PostAsync("");

        await BundleHost.RefusalAsync(answer, HttpStatusCode.ServiceUnavailable);
        Assert.Empty(Directory.EnumerateFiles(Storage, "*.json", SearchOption.AllDirectories));
        Assert.Equal(0, host.Counts.Minted);
    }

    [Fact]
    public async Task Post_EmptyPool_MakesNoKeyThoughThereIsAnIdentity()
    {
        await using var host = await BundlesAsync();
        await host.MintAsync();
        await StopHarvestAsync();
        Empty();

        await AssertNoEntropyAsync(host);
    }

    [Fact]
    public async Task Post_PoolThatIsStarting_MakesNoKeyThoughThereIsAnIdentity()
    {
        await using (var host = await BundlesAsync())
        {
            await host.MintAsync();
        }

        var options = new EntropyPoolOptions { Sources = new SourcesOptions { Enabled = "clock_jitter" } };
        options.AdditionalSources.Add(new ScriptedNoiseSource("one"));
        options.AdditionalSources.Add(new ScriptedNoiseSource("two"));
        await using var starting = new EntropyPool(options); // nobody takes turns
        Assert.Equal(PoolState.Starting, starting.Status.State);
        await using var again = await BundleHost.StartAsync(starting, Storage);

        await AssertNoEntropyAsync(again);
    }

    [Fact]
    public async Task Post_PoolThatIsUnhealthy_MakesNoKeyThoughThereIsAnIdentity()
    {
        await using (var host = await BundlesAsync())
        {
            await host.MintAsync();
        }

        var options = new EntropyPoolOptions { Sources = new SourcesOptions { Enabled = "clock_jitter" } };
        options.AdditionalSources.Add(new ScriptedNoiseSource("one", _ => 9));
        options.AdditionalSources.Add(new ScriptedNoiseSource("two", _ => 9));
        await using var stuck = EntropyPool.Start(options);
        await ServerFactory.UntilAsync(() => Task.FromResult(stuck.Status.State == PoolState.Unhealthy));
        await using var again = await BundleHost.StartAsync(stuck, Storage);

        await AssertNoEntropyAsync(again);
    }

    // Straight from the ring: a generator on the way would take blocks of its own.
    private void Empty()
    {
        while (Pool.Parts.Pool.TryTakeOldest(new byte[Pool.Status.BlockBits / 8]))
        {
            // One less.
        }
    }

    private async Task AssertNoEntropyAsync(BundleHost host)
    {
        var minted = host.Counts.Minted;
        using var answer = await host.PostAsync("");
        using var named = await host.PostAsync("", "key-1");

        await BundleHost.RefusalAsync(answer, HttpStatusCode.ServiceUnavailable);
        await BundleHost.RefusalAsync(named, HttpStatusCode.ServiceUnavailable);
        Assert.Equal(2, host.Counts.Refused["no_entropy"]);
        Assert.Equal(minted, host.Counts.Minted);
        Assert.Single(Directory.GetFiles(Keys, "*.json"));
    }
}
