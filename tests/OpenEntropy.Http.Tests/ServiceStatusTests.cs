using System.Net;
using OpenEntropy.Server.Tests;
using Xunit;

namespace OpenEntropy.Http.Tests;

/// <summary>What the service says of itself, and an operator's acts.</summary>
public sealed class ServiceStatusTests(SharedService service) : IClassFixture<SharedService>
{
    private readonly OpenEntropyClient _client = service.Client;

    [Fact]
    public async Task GetHealthAsync_OfAReadyService_IsRead()
    {
        var health = await _client.GetHealthAsync();

        Assert.Contains(health.Status, new[] { "healthy", "degraded" });
        Assert.True(await _client.IsReadyAsync());
        Assert.True(health.SourcesTotal > 0);
    }

    [Fact]
    public async Task GetHealthAsync_OfAServiceWithoutASeed_IsAnAnswerToo()
    {
        await using var factory = new ServerFactory { Sources = [] }.OnKestrel();
        var client = new OpenEntropyClient(factory.CreateClient());

        var health = await client.GetHealthAsync();

        Assert.Contains(health.Status, new[] { "starting", "unhealthy" });
        Assert.False(await client.IsReadyAsync());
        var refusal = await Assert.ThrowsAsync<ServiceUnavailableException>(() => client.GetBytesAsync(1));
        Assert.NotNull(refusal.RetryAfter);
    }

    [Fact]
    public async Task SwitchSource_OffAndOn_IsToldAfterEachAct()
    {
        Assert.Equal("disabled", (await _client.DisableSourceAsync("scripted_c")).State);
        Assert.Equal("disabled by the operator", (await _client.GetSourceAsync("scripted_c")).Reason);
        Assert.NotEqual("disabled", (await _client.EnableSourceAsync("scripted_c")).State);
        await ServerFactory.UntilAsync(async () => (await _client.GetSourceAsync("scripted_c")).State == "healthy");
        Assert.Equal("scripted_c", (await _client.RetestSourceAsync("scripted_c")).Name);
    }

    [Fact]
    public async Task GetSourcesAsync_ASelection_IsThoseSources()
    {
        var selected = await _client.GetSourcesAsync("scripted_a,scripted_b");

        Assert.Equal(["scripted_a", "scripted_b"], selected.Sources.Select(source => source.Name).Order(StringComparer.Ordinal));
        Assert.Equal(2, selected.Total);
        Assert.True(selected.Sources[0].More.ContainsKey("digitization"));
        Assert.Equal("select", (await Assert.ThrowsAsync<ServiceRefusalException>(() => _client.GetSourcesAsync("nothing"))).Field);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("a/b?c")]
    public async Task GetSourceAsync_Unknown_Is404(string name) =>
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await Assert.ThrowsAsync<ServiceRefusalException>(() => _client.GetSourceAsync(name))).Status
        );

    [Fact]
    public async Task GetPoolAsync_Accounts_AreRead()
    {
        var pool = await _client.GetPoolAsync();

        Assert.InRange(pool.BlocksAvailable, 0, pool.CapacityBlocks);
        Assert.Contains(pool.Credit, credit => credit.Name == "scripted_a" && credit.CreditedBits > 0);
        Assert.True(pool.More.ContainsKey("generators"));
    }

    [Fact]
    public async Task GetAssessments_WhereNoneAreMade_SayNever()
    {
        Assert.NotEmpty((await _client.GetAssessmentsAsync()).Assessments);
        Assert.Equal("scripted_a", (await _client.GetAssessmentAsync("scripted_a")).Assessment.Source);
        var refusal = await Assert.ThrowsAsync<ServiceRefusalException>(() => _client.AssessAsync("scripted_a"));
        Assert.Equal(HttpStatusCode.Forbidden, refusal.Status);
    }
}
