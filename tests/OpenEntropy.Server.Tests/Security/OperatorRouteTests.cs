using System.Net;
using Xunit;

namespace OpenEntropy.Server.Tests.Security;

/// <summary>Each condition of who may act, on every route that acts.</summary>
public sealed class OperatorRouteTests(OperatedServices services) : IClassFixture<OperatedServices>
{
    private const string Afar = "192.0.2.7";
    private const string Own = "localhost:8042";
    private const string NoKey = "Bearer realm=\"openentropy\"";
    private const string WrongKey = $"{NoKey}, error=\"invalid_token\"";

    [Fact]
    public void Routes_ThatAct_AreTheseAndStandInTheReference()
    {
        using var stream = typeof(OperatorRouteTests).Assembly.GetManifestResourceStream("api.md")!;
        using var reader = new StreamReader(stream);
        var section = reader.ReadToEnd().Split("\n## Who may act\n")[1].Split("\n## ")[0];

        // A route that is new here needs a decision: is it an operator's act, or one of those that act on nothing?
        Assert.Equal(
            [
                "/api/v1/assessments/{source}",
                "/api/v1/pqc/bundles",
                "/drills",
                "/drills/{drill}",
                "/self-tests",
                "/sources/{name}/disable",
                "/sources/{name}/enable",
                "/sources/{name}/retest",
            ],
            services.Patterns.Order(StringComparer.Ordinal)
        );
        Assert.All(
            services.Patterns,
            pattern => Assert.Contains($"`{OperatedServices.MethodOf(pattern)} {pattern}`", section, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(null, "localhost")]
    [InlineData("127.0.0.1", "localhost:8042")]
    [InlineData("127.0.0.1", "LocalHost:1")]
    [InlineData("127.9.9.9", "127.0.0.1:8042")]
    [InlineData("::1", "[::1]:8042")]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.1", Own, "Origin: http://localhost:8042")]
    [InlineData("127.0.0.1", Own, "Origin: http://localhost:8042", "Sec-Fetch-Site: same-origin")]
    [InlineData("::1", "[::1]:8042", "Origin: http://[::1]:8042", "Sec-Fetch-Site: same-origin")]
    [InlineData("127.0.0.1", Own, "Sec-Fetch-Site: none")]
    public async Task Post_FromThisMachineByItsName_IsLetInWithoutAKey(string? peer, string host, params string[] headers)
    {
        Assert.Equal((200, null), await services.PostAsync(hasKey: false, peer, host, headers));
        Assert.Equal((200, null), await services.PostAsync(hasKey: true, peer, host, headers));
    }

    [Theory]
    [InlineData(Afar, Own)]
    [InlineData("172.17.0.1", Own)] // a container's published port
    [InlineData("10.0.0.1", Own)]
    [InlineData("fe80::1", "[::1]:8042")]
    [InlineData("fd00::1", Own)]
    [InlineData("::ffff:192.0.2.7", Own)]
    [InlineData("2001:db8::7", Own)]
    [InlineData("127.0.0.1", "")]
    [InlineData("127.0.0.1", "evil.example")]
    [InlineData("127.0.0.1", "localhost.evil.example:8042")]
    [InlineData("127.0.0.1", "evil.localhost")]
    [InlineData("127.0.0.1", "notlocalhost")]
    [InlineData("127.0.0.1", "localhost.")]
    [InlineData("127.0.0.1", "127.0.0.1.nip.io")]
    [InlineData("127.0.0.1", "127.0.0.1.")]
    [InlineData("127.0.0.1", "127.0.0.2")]
    [InlineData("127.0.0.1", "127.1")]
    [InlineData("127.0.0.1", "0.0.0.0:8042")]
    [InlineData("127.0.0.1", "[::]:8042")]
    [InlineData("127.0.0.1", "[::ffff:127.0.0.1]:8042")]
    [InlineData("127.0.0.1", "192.168.1.2:8042")]
    [InlineData(null, "evil.example")]
    [InlineData("127.0.0.1", "evil.example", "Origin: http://evil.example", "Sec-Fetch-Site: same-origin")]
    [InlineData("127.0.0.1", Own, "X-Forwarded-For: 127.0.0.1")]
    [InlineData("127.0.0.1", Own, "x-forwarded-proto: http")]
    [InlineData("127.0.0.1", Own, "X-Forwarded-Anything: ")]
    [InlineData("127.0.0.1", Own, "Forwarded: for=127.0.0.1")]
    [InlineData("127.0.0.1", Own, "X-Real-IP: 127.0.0.1")]
    [InlineData("127.0.0.1", Own, "Via: 1.1 proxy")]
    [InlineData(null, Own, "X-Forwarded-For: 127.0.0.1")]
    public async Task Post_FromElsewhereByAnotherNameOrThroughAProxy_NeedsTheKey(string? peer, string host, params string[] headers)
    {
        Assert.Equal((403, null), await services.PostAsync(hasKey: false, peer, host, headers));
        Assert.Equal((403, null), await services.PostAsync(hasKey: false, peer, host, [.. headers, $"x-api-key: {TestKey.Text}"]));
        Assert.Equal((401, NoKey), await services.PostAsync(hasKey: true, peer, host, headers));
    }

    [Theory]
    [InlineData("Origin: null")]
    [InlineData("Origin: ")]
    [InlineData("Origin: https://evil.example")]
    [InlineData("Origin: http://localhost")]
    [InlineData("Origin: http://localhost:3000")]
    [InlineData("Origin: http://127.0.0.1:8042")]
    [InlineData("Origin: http://localhost:8042.evil.example")]
    [InlineData("Origin: http://localhost:8042", "Origin: http://evil.example")]
    [InlineData("Origin: http://localhost:8042", "Sec-Fetch-Site: cross-site")]
    [InlineData("Sec-Fetch-Site: cross-site")]
    public async Task Post_ByAPageOfAnotherSite_IsForbiddenWithAndWithoutTheKey(params string[] headers)
    {
        Assert.Equal((403, null), await services.PostAsync(hasKey: false, "127.0.0.1", Own, headers));
        Assert.Equal((403, null), await services.PostAsync(hasKey: true, "127.0.0.1", Own, headers));
        Assert.Equal((403, null), await services.PostAsync(hasKey: true, Afar, Own, [.. headers, $"x-api-key: {TestKey.Text}"]));
    }

    [Theory]
    [InlineData("Origin: https://localhost:8042")]
    [InlineData("Sec-Fetch-Site: same-site")]
    public async Task Post_ByAPageOfAnotherSchemeOrPortOfThisHost_NeedsTheKey(string header)
    {
        Assert.Equal((403, null), await services.PostAsync(hasKey: false, "127.0.0.1", Own, header));
        Assert.Equal((403, null), await services.PostAsync(hasKey: true, "127.0.0.1", Own, header));
        Assert.Equal((200, null), await services.PostAsync(hasKey: true, Afar, Own, header, $"x-api-key: {TestKey.Text}")); // TLS may end at a proxy
    }

    [Theory]
    [InlineData($"x-api-key: {TestKey.Text}")]
    [InlineData($"X-API-KEY: {TestKey.Text}")]
    [InlineData($"Authorization: Bearer {TestKey.Text}")]
    [InlineData($"Authorization: bearer  {TestKey.Text} ")]
    [InlineData($"Authorization: Bearer {TestKey.Text}", $"x-api-key: {TestKey.Text}")]
    [InlineData("Authorization: Basic YTpi", $"x-api-key: {TestKey.Text}")]
    [InlineData($"x-api-key: {TestKey.Text}", "X-Forwarded-For: 198.51.100.1", "Via: 1.1 proxy")]
    [InlineData($"x-api-key: {TestKey.Text}", "Origin: https://entropy.example", "Sec-Fetch-Site: same-origin")]
    public async Task Post_WithTheKeyFromAnywhere_IsLetIn(params string[] headers)
    {
        Assert.Equal((200, null), await services.PostAsync(hasKey: true, Afar, "entropy.example", headers));
        Assert.Equal((200, null), await services.PostAsync(hasKey: true, "2001:db8::7", "entropy.example", headers));
    }

    [Theory]
    [InlineData("x-api-key: 0123456789abcdef-another-key-of-many-characters")]
    [InlineData($"x-api-key: {TestKey.Text}x")]
    [InlineData("x-api-key: 0123456789abcdef-the-operators-key-of-these-test")]
    [InlineData("x-api-key: 0123456789ABCDEF-THE-OPERATORS-KEY-OF-THESE-TESTS")]
    [InlineData("x-api-key: short")]
    [InlineData("x-api-key: ")]
    [InlineData("Authorization: Bearer")]
    [InlineData("Authorization: Bearer wrong")]
    [InlineData($"Authorization: Bearer {TestKey.Text} {TestKey.Text}")]
    [InlineData("Authorization: Bearer wrong", $"x-api-key: {TestKey.Text}")]
    [InlineData($"Authorization: Bearer {TestKey.Text}", "x-api-key: wrong")]
    [InlineData($"x-api-key: {TestKey.Text}", "x-api-key: wrong")]
    public async Task Post_WithAWrongKey_IsRefusedAlsoOnThisMachine(params string[] headers)
    {
        Assert.Equal((401, WrongKey), await services.PostAsync(hasKey: true, Afar, "entropy.example", headers));
        Assert.Equal((401, WrongKey), await services.PostAsync(hasKey: true, "127.0.0.1", Own, headers));
        Assert.Equal((200, null), await services.PostAsync(hasKey: false, "127.0.0.1", Own, headers)); // where there is no key, none is wrong
    }

    [Theory]
    [InlineData("Authorization: Basic YTpi")]
    [InlineData($"Authorization: {TestKey.Text}")]
    [InlineData($"X-Key: {TestKey.Text}")]
    [InlineData($"Cookie: x-api-key={TestKey.Text}")]
    public async Task Post_WithTheKeyElsewhere_HasGivenNone(string header)
    {
        Assert.Equal((401, NoKey), await services.PostAsync(hasKey: true, Afar, Own, header));
        Assert.Equal((200, null), await services.PostAsync(hasKey: true, "127.0.0.1", Own, header));
    }

    [Fact]
    public async Task Post_WithTheKeyByANameMadeToResolveToLoopback_IsForbiddenToABrowser()
    {
        string[] headers = ["Origin: http://evil.example", "Sec-Fetch-Site: same-origin", $"x-api-key: {TestKey.Text}"];

        Assert.Equal((403, null), await services.PostAsync(hasKey: true, "127.0.0.1", "evil.example", headers));
    }

    [Fact]
    public async Task Post_ThatOnlyReads_IsAnsweredToEverybody()
    {
        using var client = await services.Keyless.CreateReadyClientAsync();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", Afar);
        client.DefaultRequestHeaders.Add("x-api-key", "anything");
        client.DefaultRequestHeaders.Host = "evil.example";
        using var items = new StringContent("[\"a\",\"b\"]", System.Text.Encoding.UTF8, "application/json");
        using var shuffled = await client.PostAsync(new Uri("/api/v1/shuffle", UriKind.Relative), items);
        using var form = new FormUrlEncodedContent([new("challenge", "a")]);
        using var pollen = await client.PostAsync(new Uri("/pollen", UriKind.Relative), form);
        using var verified = await client.PostAsync(new Uri("/api/v1/pqc/bundles/verify", UriKind.Relative), content: null);
        using var random = await client.GetAsync(new Uri("/api/v1/random", UriKind.Relative));

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.OK],
            [shuffled.StatusCode, pollen.StatusCode, verified.StatusCode, random.StatusCode]
        );
    }
}
