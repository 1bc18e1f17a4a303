using OpenEntropy.Server.Security;
using OpenEntropy.Server.Security.Keys;
using Xunit;

namespace OpenEntropy.Server.Tests.Security;

/// <summary>Who gets what of a service that others reach.</summary>
public sealed class AccessTests(KeyedService service) : IClassFixture<KeyedService>
{
    private const string Afar = KeyedService.Afar;
    private const string NoKey = "Bearer realm=\"openentropy\"";
    private const string WrongKey = $"{NoKey}, error=\"invalid_token\"";
    private const string Random = "/api/v1/random?length=8";

    [Theory]
    [InlineData("random", Random)]
    [InlineData("random", "/?length=8&type=uint8")]
    [InlineData("random", "/API/jsonI.php?length=8&type=uint8")]
    [InlineData("random", "/api/v1/stream?length=8")]
    [InlineData("random", "/api/v1/uuids")]
    [InlineData("random", "/v1/auth/check-key")]
    [InlineData("random", "/v1/qrng/latest")]
    [InlineData("raw", "/api/v1/random?raw=true&length=8&timeout=0")]
    [InlineData("raw", "/api/v1/stream?raw=true&length=8&timeout=0")]
    [InlineData("mint", "POST /api/v1/pqc/bundles?format=none")]
    [InlineData("operate", "POST /sources/nobody/retest")]
    [InlineData("operate", "POST /api/v1/assessments/nobody")]
    [InlineData("operate", "/drills")]
    [InlineData("operate", "POST /drills?kind=nothing")]
    [InlineData("operate", "DELETE /drills/1")]
    [InlineData("operate", "POST /self-tests?no=1")]
    [InlineData("metrics", "/metrics")]
    [InlineData("metrics", "/self-tests")]
    [InlineData("metrics", "/api/v1/audit/head")]
    [InlineData("metrics", "/sources")]
    [InlineData("metrics", "/pool/status")]
    [InlineData("metrics", "/events/history")]
    [InlineData("metrics", "/api/v1/assessments")]
    [InlineData("metrics", "/api/v1/pqc/bundles")]
    public async Task Ask_WithAKeyOfEachScope_GetsWhatTheScopeIsForAndNothingElse(string needed, string path)
    {
        foreach (var name in ScopeNames.All.Append("all"))
        {
            var answer = await service.AskAsync(path, Afar, $"x-api-key: {{{name}}}");
            if (name == needed || name == "all")
            {
                Assert.True(answer.Status is not (401 or 403 or 500), $"{path} with {name}: {answer}");
                continue;
            }

            Assert.Equal(403, answer.Status);
            Assert.StartsWith($"{NoKey}, error=\"insufficient_scope\", scope=\"", answer.Challenge, StringComparison.Ordinal);
            Assert.Contains(needed, answer.Challenge.Split("scope=")[^1].Trim('"').Split(' '));
            Assert.Contains("it lacks the scope", answer.Message, StringComparison.Ordinal);
        }

        Assert.Equal((401, NoKey), Drop(await service.AskAsync(path, Afar)));
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/health/startup")]
    [InlineData("/")]
    [InlineData("/page/style.css")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/api/v1/identity")]
    [InlineData("/api/v1/pqc/bundle.schema.json")]
    public async Task Ask_OpenRoute_AnswersWithoutAKeyAndWithAnyThing(string path)
    {
        Assert.NotInRange((await service.AskAsync(path, Afar)).Status, 401, 403);
        Assert.NotInRange((await service.AskAsync(path, Afar, "x-api-key: wrong")).Status, 401, 403);
        Assert.NotInRange((await service.AskAsync(path, Afar, "x-api-key: {mint}")).Status, 401, 403);
    }

    [Fact]
    public async Task Ask_UnknownPathOrMethod_IsToldSoToEverybody()
    {
        Assert.Equal((404, ""), Drop(await service.AskAsync("/nowhere", Afar)));
        Assert.Equal((405, ""), Drop(await service.AskAsync("PUT /metrics", Afar)));
    }

    [Fact]
    public async Task Ask_ByThisMachineItself_NeedsNoKey()
    {
        Assert.Equal(200, (await service.AskAsync(Random, "127.0.0.1")).Status);
        Assert.Equal(200, (await service.AskAsync("/metrics", "::1")).Status);
        Assert.Equal(404, (await service.AskAsync("POST /sources/nobody/retest", "127.0.0.1")).Status);
    }

    [Theory]
    [InlineData("X-Forwarded-For: 127.0.0.1")]
    [InlineData("Via: 1.1 proxy")]
    public async Task Ask_ByAProxyOfThisMachine_NeedsAKey(string header)
    {
        Assert.Equal((401, NoKey), Drop(await service.AskAsync(Random, "127.0.0.1", header)));
        Assert.Equal(200, (await service.AskAsync(Random, "127.0.0.1", header, "Authorization: Bearer {random}")).Status);
    }

    public static TheoryData<string[]> WrongKeys =>
        new(
            ["x-api-key: {revoked}"],
            ["x-api-key: {expired}"],
            ["x-api-key: {all}x"],
            ["x-api-key: {all} {all}"],
            ["x-api-key: "],
            ["x-api-key: oe_"],
            ["x-api-key: oe_aaaaaaaaaa_"],
            ["x-api-key: oe_aaaaaaaaaa_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"],
            ["x-api-key: anything"],
            ["x-api-key: öe_пароль\u00a0"],
            ["x-api-key: " + new string('k', 10_000)],
            ["x-api-key: oe_" + new string('a', 10_000)],
            ["Authorization: Bearer"],
            ["Authorization: Bearer "],
            ["Authorization: Bearer {revoked}"],
            ["Authorization: bearer {expired}"],
            ["Authorization: Bearer {all}", "x-api-key: wrong"],
            ["Authorization: Bearer wrong", "x-api-key: {all}"],
            ["Authorization: Bearer {all}", "x-api-key: {random}"], // two that are right, and not the same
            ["x-api-key: {all}", "x-api-key: {revoked}"]
        );

    [Theory]
    [MemberData(nameof(WrongKeys))]
    public async Task Ask_WithAWrongKey_IsRefusedInTheSameWordsFromEverywhere(string[] headers)
    {
        var expected = (401, WrongKey, AccessRefusal.WrongKey.Message);

        foreach (var path in new[] { Random, "/metrics", "POST /sources/nobody/retest", "POST /api/v1/pqc/bundles" })
        {
            Assert.Equal(expected, await service.AskAsync(path, Afar, headers));
            Assert.Equal(expected, await service.AskAsync(path, "127.0.0.1", headers));
        }
    }

    [Fact]
    public async Task Ask_WithPartsOfTwoKeys_IsRefused()
    {
        var (one, other) = (service.Keys["random"], service.Keys["all"]);
        var mixed = one[..(ApiKeyText.Prefix.Length + ApiKeyText.IdLength + 1)] + other.Split('_', 3)[2];

        Assert.Equal((401, WrongKey), Drop(await service.AskAsync(Random, Afar, $"x-api-key: {mixed}")));
    }

    [Theory]
    [InlineData("x-api-key: {random}")]
    [InlineData("Authorization: Bearer {random}")]
    [InlineData("authorization: bearer   {random} ")]
    [InlineData("Authorization: Bearer {random}", "x-api-key: {random}")]
    [InlineData("Authorization: Basic YTpi", "x-api-key: {random}")]
    public async Task Ask_WithAGoodKeyInEitherHeader_IsAnswered(params string[] headers) =>
        Assert.Equal(200, (await service.AskAsync(Random, Afar, headers)).Status);

    [Theory]
    [InlineData("Authorization: Basic {all}")]
    [InlineData("Authorization: {all}")]
    [InlineData("Cookie: x-api-key={all}")]
    [InlineData("X-Key: {all}")]
    public async Task Ask_WithTheKeyElsewhere_HasGivenNone(string header) =>
        Assert.Equal((401, NoKey), Drop(await service.AskAsync(Random, Afar, header)));

    [Fact]
    public async Task Ask_KeyInTheQuery_IsNone() =>
        Assert.Equal((401, NoKey), Drop(await service.AskAsync($"{Random}&x-api-key={service.Keys["all"]}", Afar)));

    [Fact]
    public async Task Ask_WithAKeyByAPageOfAnotherSite_MayReadAndNotAct()
    {
        Assert.Equal(200, (await service.AskAsync(Random, Afar, "Origin: https://evil.example", "x-api-key: {all}")).Status);
        Assert.Equal(
            (403, ""),
            Drop(await service.AskAsync("POST /sources/nobody/retest", Afar, "Origin: https://evil.example", "x-api-key: {all}"))
        );
    }

    [Fact]
    public async Task Page_WithoutAKey_HasNoFigures()
    {
        using var client = service.Service.CreateClient();
        var local = await client.GetStringAsync(new Uri("/", UriKind.Relative));
        client.DefaultRequestHeaders.Host = "entropy.example";
        var other = await client.GetStringAsync(new Uri("/", UriKind.Relative));

        Assert.Contains("scripted_a", local, StringComparison.Ordinal);
        Assert.DoesNotContain("scripted_a", other, StringComparison.Ordinal);
    }

    private static (int Status, string Challenge) Drop((int Status, string Challenge, string Message) answer) =>
        (answer.Status, answer.Challenge);
}
