using System.Net;
using OpenEntropy.Server.Tests.Faults;
using Xunit;

namespace OpenEntropy.Server.Tests.Sources;

/// <summary><c>/sources</c> with a selection.</summary>
public sealed class SourceListTests : IAsyncLifetime
{
    private readonly ServerFactory _factory = new();
    private HttpClient _client = null!;

    public Task InitializeAsync()
    {
        _client = _factory.CreateClient();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _factory.DisposeAsync();

    [Fact]
    public async Task Get_Selected_ListsThoseInCatalogOrderAndCountsThem()
    {
        var all = await ListAsync("/sources");
        var jitter = await ListAsync("/sources?select=scripted_b,timing,*_jitter,scripted_?");

        Assert.Contains("scripted_b", jitter, StringComparer.Ordinal);
        Assert.Contains("sleep_jitter", jitter, StringComparer.Ordinal);
        Assert.Contains("clock_jitter", jitter, StringComparer.Ordinal);
        Assert.DoesNotContain("os_rng", jitter, StringComparer.Ordinal);
        Assert.Equal(all.Where(name => jitter.Contains(name, StringComparer.Ordinal)), jitter);
        Assert.Equal(all, await ListAsync("/sources?select=all"));
        Assert.Equal(["os_rng"], await ListAsync("/sources?select=os%5Frng"));
        Assert.All(
            await ListAsync("/sources?select=hardware_trng"),
            name => Assert.StartsWith("hardware_trng.", name, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("?select=sleep_jiter", "'sleep_jiter' names no noise source and no category; near names: sleep_jitter")]
    [InlineData("?select=os_rng,nothing_of_this_kind", "'nothing_of_this_kind' names no noise source and no category")]
    [InlineData("?select=", "select must be 1 to 256 lower-case characters")]
    [InlineData("?select=os_rng,,", "select must be 1 to 256 lower-case characters")]
    [InlineData("?select=OS_RNG", "select must be 1 to 256 lower-case characters")]
    [InlineData("?select=os_rng&select=disk_io", "select must be given once")]
    [InlineData("?slect=os_rng", "there is no parameter 'slect'; this route takes select")]
    [InlineData("?SELECT=os_rng", "there is no parameter 'SELECT'; this route takes select")]
    [InlineData("/os_rng?select=os_rng", "there is no parameter 'select'; this route takes none")]
    public async Task Get_SelectionOfNothingOrUnknownParameter_IsRefused(string rest, string message)
    {
        var (status, body) = await _client.JsonAsync("/sources" + rest);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.False(body.GetProperty("success").GetBoolean());
        Assert.Contains(message, body.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_SelectionOf10000Characters_IsRefusedInAShortSentence()
    {
        var (status, body) = await _client.JsonAsync("/sources?select=" + new string('a', 10_000));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.InRange(body.Text("message").Length, 1, 200);
    }

    private async Task<List<string>> ListAsync(string path)
    {
        var (status, body) = await _client.JsonAsync(path);
        Assert.Equal(HttpStatusCode.OK, status);
        var names = body.GetProperty("sources").EnumerateArray().Select(source => source.Text("name")).ToList();
        Assert.Equal(names.Count, body.GetProperty("total").GetInt32());
        return names;
    }
}
