using System.Net;
using System.Security.Cryptography;
using OpenEntropy.Server.Bundles;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>Requests that wait, are broken off, come twice at once or are too many; and a machine that errs.</summary>
public sealed class MintQueueTests : BundlePoolTests
{
    [Fact]
    public async Task Post_BrokenOffWhileItWaits_GivesItsIdempotencyKeyBack()
    {
        await using var host = await BundlesAsync();
        await host.MintAsync();
        using (await BundleHost.OccupyAsync(host.Mint.Queue))
        {
            using var gone = new CancellationTokenSource();
            var first = host.PostAsync("", "key-1", gone: gone.Token);
            await UntilAsync(() => host.Mint.Queue.Waiting == 1);
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
            await UntilAsync(() => host.Mint.Queue.Waiting == 0);
        }

        await host.MintAsync("", "key-1");
        Assert.Equal(0, host.Mint.Queue.Load);
        Assert.Equal(2, Directory.GetFiles(Keys, "*.json").Length);
    }

    [Fact]
    public async Task Post_SameIdempotencyKeyWhileItIsUnderWay_IsRefusedAndLaterAnswered()
    {
        await using var host = await BundlesAsync();
        await host.MintAsync();
        Task<HttpResponseMessage> first;
        using (await BundleHost.OccupyAsync(host.Mint.Queue))
        {
            first = host.PostAsync("", "key-1");
            await UntilAsync(() => host.Mint.Queue.Waiting == 1);

            using var second = await host.PostAsync("", "key-1");
            Assert.Contains("under way", await BundleHost.RefusalAsync(second, HttpStatusCode.Conflict), StringComparison.Ordinal);
        }

        using var made = await first;
        using var again = await host.PostAsync("", "key-1");
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (made.StatusCode, again.StatusCode));
        Assert.Equal(1, host.Counts.Refused["repeated"]);
    }

    [Fact]
    public async Task Post_MoreThanMayWait_IsRefusedAtOnceButForRepeats()
    {
        await using var host = await BundlesAsync();
        await host.MintAsync("", "key-1");
        using (host.Mint.Queue.TryTake(1000))
        {
            using var answer = await host.PostAsync("");
            using var repeated = await host.PostAsync("", "key-1");

            Assert.Contains(
                "ask again",
                await BundleHost.RefusalAsync(answer, HttpStatusCode.ServiceUnavailable),
                StringComparison.Ordinal
            );
            Assert.Equal(HttpStatusCode.OK, repeated.StatusCode);
            Assert.Equal(1, host.Counts.Refused["busy"]);
        }

        await host.MintAsync();
    }

    [Fact]
    public async Task Post_MoreAtOnceThanTheLedgerTakes_MakesAsManyAsItTakes()
    {
        await using var host = await BundlesAsync(options => options.MaximumBundles = 2);
        await host.MintAsync();
        Task<HttpResponseMessage>[] posts;
        using (await BundleHost.OccupyAsync(host.Mint.Queue))
        {
            // All of them found room when they came.
            posts = [host.PostAsync(""), host.PostAsync(""), host.PostAsync("", "key-1")];
            await UntilAsync(() => host.Mint.Queue.Waiting == posts.Length);
        }

        var answers = await Task.WhenAll(posts);

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            var message = await BundleHost.RefusalAsync(refused, HttpStatusCode.ServiceUnavailable);
            Assert.Contains("OpenEntropy:Bundles:MaximumBundles", message, StringComparison.Ordinal);
        }

        Assert.Equal(2, Directory.GetFiles(Keys, "*.json").Length);
        Assert.Equal((2, 2), (host.Counts.Refused["ledger"], host.Counts.Minted));
    }

    [Fact]
    public async Task Post_Verify_MoreThanMayWait_IsRefusedAtOnce()
    {
        await using var host = await BundlesAsync();
        var bundle = Public(await host.MintAsync());
        using (host.Desk.Queue.TryTake(VerifyDesk.Most))
        {
            using var answer = await host.PostAsync(bundle, path: BundleHost.Route + "/verify");
            await BundleHost.RefusalAsync(answer, HttpStatusCode.ServiceUnavailable);
        }

        using var verified = await host.PostAsync(bundle, path: BundleHost.Route + "/verify");
        Assert.Equal(HttpStatusCode.OK, verified.StatusCode);
        Assert.Equal(0, host.Desk.Queue.Load);
    }

    [Fact]
    public async Task Post_VerifyBrokenOffWhileItWaits_LeavesItsSeat()
    {
        await using var host = await BundlesAsync();
        var bundle = Public(await host.MintAsync());
        using (await BundleHost.OccupyAsync(host.Desk.Queue))
        {
            using var gone = new CancellationTokenSource();
            var waiting = host.PostAsync(bundle, path: BundleHost.Route + "/verify", gone: gone.Token);
            await UntilAsync(() => host.Desk.Queue.Waiting == 1);
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            await UntilAsync(() => host.Desk.Queue.Waiting == 0);
        }

        await UntilAsync(() => host.Desk.Queue.Load == 0);
    }

    [Fact]
    public async Task Post_SignatureThatFailsItsOwnCheck_MakesNothingAndSaysSo()
    {
        await using var host = await BundlesAsync();
        await host.MintAsync();
        host.Maker.BeforeSigning = () =>
            throw new CryptographicException("A Falcon-512 signature failed its verification and is withheld.");

        using var answer = await host.PostAsync("", "key-1");

        Assert.Contains(
            "its own check",
            await BundleHost.RefusalAsync(answer, HttpStatusCode.ServiceUnavailable),
            StringComparison.Ordinal
        );
        Assert.Contains("failed its verification", host.Logs.Text, StringComparison.Ordinal);
        Assert.Equal(1, host.Counts.Refused["identity"]);
        Assert.Single(Directory.GetFiles(Keys, "*.json"));
        host.Maker.BeforeSigning = null;
        await host.MintAsync("", "key-1");
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("""{"algorithms":["ML-KEM-512","Falcon-512"]}""", 1 + MintPace.Falcon)]
    [InlineData("""{"passphrase":"correct horse battery","algorithms":["ML-KEM-512","ML-DSA-44"]}""", 2 * (1 + MintPace.Passphrase))]
    public async Task Post_Pace_ChargesWorkNotRequests(string body, int work)
    {
        var time = new ManualTimeProvider();
        await using var host = await BundlesAsync(options => options.MintsPerMinute = 60, time);
        await host.MintAsync(body);

        // What is left is 60 - work, and a unit comes back each second.
        for (var left = 60 - work; left > 0; left--)
        {
            Assert.Null(host.Pace.TryTake(1));
        }

        Assert.Equal(work, host.Pace.TryTake(work)!.Value.TotalSeconds, precision: 3);
        time.Advance(TimeSpan.FromSeconds(work));
        Assert.Null(host.Pace.TryTake(work));
    }

    [Fact]
    public async Task Post_MoreWorkThanAMinuteHas_PassesOnceAndIsOwed()
    {
        var time = new ManualTimeProvider();
        await using var host = await BundlesAsync(options => options.MintsPerMinute = 2, time);
        await host.MintAsync("""{"passphrase":"correct horse battery"}""");

        using var answer = await host.PostAsync("");

        Assert.Contains("at most 2 keys", await BundleHost.RefusalAsync(answer, HttpStatusCode.TooManyRequests), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(150), answer.Headers.RetryAfter!.Delta); // 4 are owed and 1 is needed, at 2 in a minute
    }

    [Fact]
    public async Task Post_Repeats_AreNotCharged()
    {
        await using var host = await BundlesAsync(options => options.MintsPerMinute = 1, new ManualTimeProvider());
        await host.MintAsync("", "key-1");

        using var repeated = await host.PostAsync("", "key-1");
        using var another = await host.PostAsync("", "key-2");

        Assert.Equal(HttpStatusCode.OK, repeated.StatusCode);
        await BundleHost.RefusalAsync(another, HttpStatusCode.TooManyRequests);
    }

    private static Task UntilAsync(Func<bool> condition) => ServerFactory.UntilAsync(() => Task.FromResult(condition()));
}
