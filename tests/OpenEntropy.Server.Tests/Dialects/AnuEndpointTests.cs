using System.Net;
using System.Text.Json;
using OpenEntropy.Server.Tests.Randomness;
using Xunit;

namespace OpenEntropy.Server.Tests.Dialects;

/// <summary>The ANU APIs' routes.</summary>
public sealed class AnuEndpointTests : ScriptedPoolTests
{
    private const string Newer = "success,type,length,data";
    private const string Older = "type,length,size,data,success";

    [Theory]
    [InlineData("/?length=7&type=uint8", Newer, "uint8", 7)]
    [InlineData("/?length=7", Newer, "hex16", 7)]
    [InlineData("/?type=uint16&x=1", Newer, "uint16", 1024)]
    [InlineData("/api/v1/random/?length=7&type=hex8&length=9&x=1", Newer, "hex8", 7)]
    [InlineData("/api/v1/random/", Newer, "hex16", 1024)]
    [InlineData("/API/jsonI.php?type=hex16&size=4&length=5&x=1", Older, "string", 5)]
    [InlineData("/API/jsonI.php?type=uint8", Older, "uint8", 1024)]
    [InlineData("/API/jsonI.php?length=3&type=uint16", Older, "uint16", 3)]
    [InlineData("/API/jsonI.php", Older, "string", 1024)]
    public async Task Get_Dialect_HasItsMembersInOrder(string path, string members, string type, int length)
    {
        await using var host = await RandomHost.StartAsync(Pool);

        using var answer = await host.Client.GetAsync(new Uri(path, UriKind.Relative));
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal((await answer.Content.ReadAsByteArrayAsync()).Length, answer.Content.Headers.ContentLength);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal(members, string.Join(',', body.RootElement.EnumerateObject().Select(member => member.Name)));
        Assert.True(body.RootElement.GetProperty("success").GetBoolean());
        Assert.Equal(type, body.RootElement.GetProperty("type").GetString());
        Assert.Equal(length, body.RootElement.GetProperty("data").GetArrayLength());

        // A string on the root alone.
        Assert.Equal(
            path.StartsWith("/?", StringComparison.Ordinal) ? $"\"{length}\"" : $"{length}",
            body.RootElement.GetProperty("length").GetRawText()
        );
    }

    [Theory]
    [InlineData("/api/v1/random?x=1", 400)]
    [InlineData("/api/v1/random/?x=1", 200)]
    [InlineData("/api/v1/random?length=5&length=5", 400)]
    [InlineData("/api/v1/random/?length=5&length=5", 200)]
    [InlineData("/API/V1/RANDOM/?x=1", 200)]
    [InlineData("/api/v1/random/?length=0", 400)]
    [InlineData("/api/v1/random//", 404)]
    public async Task Get_SlashAtTheEnd_DecidesTheDialectWithoutARedirect(string path, int status)
    {
        await using var host = await RandomHost.StartAsync(Pool);

        using var answer = await host.Client.GetAsync(new Uri("http://localhost" + path));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    [Fact]
    public async Task Get_WithoutASlash_IsTheServicesOwnObject()
    {
        await using var host = await RandomHost.StartAsync(Pool);

        var body = await host.Client.GetStringAsync(new Uri("/api/v1/random?length=1", UriKind.Relative));

        Assert.StartsWith(
            "{\"success\":true,\"type\":\"hex16\",\"length\":1,\"size\":1,\"conditioned\":true,\"quality\":\"drbg\",\"data\":[\"",
            body,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("/?length=0", "length must be between 1 and 65536")]
    [InlineData("/?type=", "type must be uint8, uint16, hex8 or hex16")]
    [InlineData("/?length=5&size=0", "size must be between 1 and 1024")]
    [InlineData("/api/v1/random/?type=uint8&size=2", "size must be 1 with uint8 and uint16")]
    [InlineData("/API/jsonI.php?type=hex8&length=5", "type must be uint8, uint16 or hex16")]
    [InlineData("/API/jsonI.php?type=uint8&length=7.5", "length must be between 1 and 65536")]
    public async Task Get_ValueOutOfItsRange_Is400ThatNamesIt(string path, string message)
    {
        await using var host = await RandomHost.StartAsync(Pool);

        using var answer = await host.Client.GetAsync(new Uri(path, UriKind.Relative));
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(body.RootElement.GetProperty("success").GetBoolean());
        Assert.Equal(message, body.RootElement.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("/?length=1&type=uint8&raw=true", "raw")]
    [InlineData("/api/v1/random/?conditioning=limited&fresh=true&receipt=true", "conditioning")]
    [InlineData("/API/jsonI.php?length=1&receipt=true", "receipt")]
    public async Task Get_SomethingElseThanGeneratorOutputAsked_IsRefusedAndNothingIsDrawn(string path, string field)
    {
        await using var host = await RandomHost.StartAsync(Pool, options => options.AllowRaw = true);
        var before = Pool.Status.OutputBytes;
        host.Client.DefaultRequestHeaders.Add("Accept", "application/problem+json");

        using var answer = await host.Client.GetAsync(new Uri(path, UriKind.Relative));
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(field, body.RootElement.GetProperty("field").GetString());
        Assert.Contains(
            "/api/v1/random, without a slash at its end",
            body.RootElement.GetProperty("detail").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal(before, Pool.Status.OutputBytes);
    }

    [Theory]
    [InlineData("/?length=5&type=hex16", 88)]
    [InlineData("/api/v1/random/?length=5&type=hex16", 86)]
    [InlineData("/API/jsonI.php?length=5&type=hex16", 86)]
    [InlineData("/?length=5&type=uint8", null)]
    public async Task Head_Dialect_AnswersAsGetDoesAndDrawsNothing(string path, int? length)
    {
        await using var host = await RandomHost.StartAsync(Pool);
        var before = Pool.Status.DrbgBytes;
        using var request = new HttpRequestMessage(HttpMethod.Head, path);

        using var answer = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(length, (int?)answer.Content.Headers.ContentLength);
        Assert.Equal(before, Pool.Status.DrbgBytes);
    }

    [Theory]
    [InlineData("/?length=5&type=hex16")]
    [InlineData("/api/v1/random/?length=5")]
    [InlineData("/API/jsonI.php?length=5&type=uint8")]
    public async Task Get_NoSeed_Is503WithRetryAfter(string path)
    {
        await using var empty = new EntropyPool(); // never harvests
        await using var host = await RandomHost.StartAsync(empty);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            using var request = new HttpRequestMessage(method, path);
            using var answer = await host.Client.SendAsync(request);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        }
    }
}
