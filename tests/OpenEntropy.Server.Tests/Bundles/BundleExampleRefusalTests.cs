using System.Net;
using OpenEntropy.Server.Bundles;
using OpenEntropy.Server.Tests.Documentation;
using Xunit;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>The refusals of bundles that the OpenAPI document shows are those that a service gives, with its defaults.</summary>
public sealed class BundleExampleRefusalTests : BundlePoolTests
{
    private const string Mint = "post_api_v1_pqc_bundles";
    private const string Verify = "post_api_v1_pqc_bundles_verify";

    [Fact]
    public async Task Example_PlainHttpFromAnotherHost_IsWhatTheServiceSays()
    {
        await using var host = await BundlesAsync();
        using var answer = await host.PostAsync("", peer: "192.0.2.7");

        await AssertSaidAsync(answer, Mint, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Example_UnderWay_IsWhatTheServiceSays()
    {
        await using var host = await BundlesAsync();
        Task<HttpResponseMessage> first;
        using (await BundleHost.OccupyAsync(host.Mint.Queue))
        {
            first = host.PostAsync("", "key-1");
            await ServerFactory.UntilAsync(() => Task.FromResult(host.Mint.Queue.Waiting == 1));
            using var second = await host.PostAsync("", "key-1");

            await AssertSaidAsync(second, Mint, HttpStatusCode.Conflict);
        }

        using var made = await first;
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
    }

    [Theory]
    [InlineData(Mint, "", MintRoute.LongestBody)]
    [InlineData(Verify, "/verify", VerifyRoute.LongestBody)]
    public async Task Example_BodyTooLong_IsWhatTheServiceSays(string operation, string path, int longest)
    {
        await using var host = await BundlesAsync();
        using var answer = await host.PostAsync(new string(' ', longest + 1), path: BundleHost.Route + path);

        await AssertSaidAsync(answer, operation, HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Example_KeyOfAnotherRequest_IsWhatTheServiceSays()
    {
        await using var host = await BundlesAsync();
        await host.MintAsync("", "key-1");
        using var answer = await host.PostAsync("{}", "key-1");

        await AssertSaidAsync(answer, Mint, HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Example_TooManyInAMinute_IsWhatTheServiceSays()
    {
        await using var host = await BundlesAsync();
        Assert.Null(host.Pace.TryTake(2 * new BundleOptions().MintsPerMinute));
        using var answer = await host.PostAsync("");

        await AssertSaidAsync(answer, Mint, HttpStatusCode.TooManyRequests);
    }

    private static async Task AssertSaidAsync(HttpResponseMessage answer, string operation, HttpStatusCode status) =>
        Assert.Equal(
            KeptDocument.Answer(operation, (int)status).GetProperty("message").GetString(),
            await BundleHost.RefusalAsync(answer, status)
        );
}
