using System.Net;
using System.Text.Json;
using OpenEntropy.Server.Tests.Faults;
using Xunit;

namespace OpenEntropy.Server.Tests.Dashboard;

/// <summary>Who may read the events and the history: pages of this service and programs, and no page of another site.</summary>
public sealed class OwnPagesTests : IAsyncLifetime
{
    private const string Listed = "https://listed.example";
    private const string Language = "en-GB,en;q=0.9";

    private static readonly string[] s_routes = ["/events", "/events/history"];

    private readonly ServerFactory _factory = new(("OpenEntropy:Server:CorsOrigins", Listed));
    private HttpClient _client = null!;

    public async Task InitializeAsync() => _client = await _factory.CreateReadyClientAsync();

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _factory.DisposeAsync();
    }

    [Fact]
    public async Task Get_PageOfAnotherSite_IsForbidden()
    {
        (string? Origin, string? Site)[] others =
        [
            ("https://evil.example", null),
            ("http://localhost:3000", null),
            ("null", null),
            (null, "cross-site"),
            (null, "same-site"),
        ];
        foreach (var route in s_routes)
        {
            foreach (var (origin, site) in others)
            {
                var (status, message) = await AskAsync(route, "localhost:8042", origin, site, Language);

                Assert.Equal(HttpStatusCode.Forbidden, status);
                Assert.Contains("a page of another site", message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Get_NameThatWasMadeToResolveToThisMachine_IsForbiddenToBrowsers()
    {
        (string? Origin, string? Site)[] ways = [(null, null), (null, "same-origin"), ("http://evil.example:8042", null)];
        foreach (var route in s_routes)
        {
            foreach (var (origin, site) in ways)
            {
                var (status, message) = await AskAsync(route, "evil.example:8042", origin, site, Language);

                Assert.Equal(HttpStatusCode.Forbidden, status);
                Assert.Contains("'evil.example', which any site can have", message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Get_OwnPageListedOriginOrProgram_IsAnswered()
    {
        (string Host, string? Origin, string? Site, string? Language)[] own =
        [
            ("localhost:8042", null, "same-origin", Language),
            ("127.0.0.1:8042", null, "none", Language),
            ("[::1]:8042", "http://[::1]:8042", "same-origin", Language),
            ("localhost:8042", Listed, "cross-site", Language),
            ("entropy:8042", null, null, null),
        ];
        foreach (var route in s_routes)
        {
            foreach (var (host, origin, site, language) in own)
            {
                Assert.Equal(HttpStatusCode.OK, (await AskAsync(route, host, origin, site, language)).Status);
            }
        }
    }

    private async Task<(HttpStatusCode Status, string Message)> AskAsync(
        string route,
        string host,
        string? origin,
        string? site,
        string? language
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(route, UriKind.Relative));
        request.Headers.Host = host;
        foreach (var (name, value) in new[] { ("Origin", origin), ("Sec-Fetch-Site", site), ("Accept-Language", language) })
        {
            if (value is not null)
            {
                request.Headers.Add(name, value);
            }
        }

        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (answer.StatusCode, answer.IsSuccessStatusCode ? "" : await MessageAsync(answer));
    }

    private static async Task<string> MessageAsync(HttpResponseMessage answer)
    {
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return body.RootElement.Text("message");
    }
}
