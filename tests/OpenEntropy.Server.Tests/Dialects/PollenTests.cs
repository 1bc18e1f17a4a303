using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpenEntropy.Server.Dialects;
using OpenEntropy.Server.Tests.Randomness;
using Xunit;

namespace OpenEntropy.Server.Tests.Dialects;

/// <summary>pollinate's routes.</summary>
public sealed class PollenTests : ScriptedPoolTests
{
    private const string Form = "application/x-www-form-urlencoded";

    // FIPS 180-4: the SHA-512 of "abc".
    private const string HashOfAbc =
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";

    [Theory]
    [InlineData("challenge=abc")]
    [InlineData("challenge=%61bc")]
    [InlineData("%63hallenge=abc")]
    [InlineData("tag=x&challenge=abc&challenge=def&more=%zz")]
    [InlineData("%zz=1&&challenge=abc")]
    public void TryHash_Form_HashesItsFirstChallenge(string form)
    {
        var hash = new byte[64];

        Assert.True(Pollen.TryHash(Encoding.ASCII.GetBytes(form), hash));
        Assert.Equal(HashOfAbc, Convert.ToHexStringLower(hash));
    }

    [Fact]
    public void TryHash_EscapedUtf8_HashesTheUtf8()
    {
        var hash = new byte[64];

        Assert.True(Pollen.TryHash("challenge=%C3%A4+%E2%82%AC"u8, hash));
        Assert.Equal(SHA512.HashData("ä €"u8), hash);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/pollen")]
    [InlineData("/pollen?challenge=other&x=1")]
    public async Task Post_Challenge_IsAnsweredWithItsHashAndASeed(string path)
    {
        await using var host = await RandomHost.StartAsync(Pool);
        var seeds = new HashSet<string>(StringComparer.Ordinal);
        var before = Pool.Status.DrbgBytes;
        for (var i = 0; i < 20; i++)
        {
            using var answer = await PostAsync(host.Client, path, "challenge=abc");
            var body = await answer.Content.ReadAsStringAsync();
            var lines = body.Split('\n');

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("text/plain; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
            Assert.True(answer.Headers.CacheControl?.NoStore);
            Assert.Equal(258, answer.Content.Headers.ContentLength);
            Assert.Equal((3, HashOfAbc, ""), (lines.Length, lines[0], lines[2]));
            Assert.Matches("^[0-9a-f]{128}$", lines[1]);
            Assert.True(seeds.Add(lines[1]));
        }

        Assert.Equal(20 * Pollen.SeedBytes, Pool.Status.DrbgBytes - before);
    }

    [Theory]
    [InlineData("")]
    [InlineData("challenge=")]
    [InlineData("challenge")]
    [InlineData("Challenge=abc")]
    [InlineData("challenge=%zz")]
    [InlineData("challenge=%FF")]
    [InlineData("challenge=&challenge=abc")]
    [InlineData("chällenge=abc&challenge=abc")]
    public async Task Post_NoValidChallenge_Is400ThatSaysWhatIsTaken(string form)
    {
        await using var host = await RandomHost.StartAsync(Pool);

        using var answer = await PostAsync(host.Client, "/", form);

        await AssertRefusedAsync(answer, "challenge must be given");
    }

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    [InlineData(4086, false)]
    [InlineData(4087, false)]
    [InlineData(60_000, false)]
    [InlineData(200_000, false)]
    public async Task Post_LongChallenge_Is400FromTheFirstCharacterTooMany(int length, bool taken)
    {
        await using var host = await RandomHost.StartAsync(Pool);

        using var answer = await PostAsync(host.Client, "/pollen", "challenge=" + new string('a', length));

        if (taken)
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        else
        {
            await AssertRefusedAsync(answer, "1 to 256 characters");
        }
    }

    [Theory]
    [InlineData(3840, true)]
    [InlineData(3841, false)]
    public async Task Post_LongFormOfUnknownLength_Is400BeyondItsBound(int padding, bool taken)
    {
        await using var host = await RandomHost.StartAsync(Pool);
        using var content = new StreamContent(
            new UnknownLength(Encoding.ASCII.GetBytes("challenge=" + new string('a', 240) + "&pad=" + new string('b', padding + 1)))
        );
        content.Headers.ContentType = new MediaTypeHeaderValue(Form);

        using var answer = await host.Client.PostAsync(new Uri("/", UriKind.Relative), content);

        Assert.Equal(taken ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("text/plain", false)]
    [InlineData("multipart/form-data; boundary=x", false)]
    [InlineData("application/x-www-form-urlencoded-not", false)]
    [InlineData(null, false)]
    [InlineData("Application/X-WWW-Form-Urlencoded; charset=utf-8", true)]
    public async Task Post_OtherType_Is400(string? type, bool taken)
    {
        await using var host = await RandomHost.StartAsync(Pool);

        using var answer = await PostAsync(host.Client, "/", "challenge=abc", type);

        Assert.Equal(taken ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/pollen")]
    [InlineData("GET", "/pollen?challenge=abc")]
    [InlineData("HEAD", "/pollen")]
    public async Task Get_Pollen_Is400(string method, string path)
    {
        await using var host = await RandomHost.StartAsync(Pool);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(method == "HEAD", (await answer.Content.ReadAsStringAsync()).Length == 0);
    }

    [Fact]
    public async Task Post_FromAnotherSite_IsAnsweredAsAGetWouldBeAndShownToNoPage()
    {
        await using var host = await RandomHost.StartAsync(Pool);
        host.Client.DefaultRequestHeaders.Add("Origin", "https://other.example");
        host.Client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        using var post = await PostAsync(host.Client, "/", "challenge=abc");
        using var get = await host.Client.GetAsync(new Uri("/api/v1/random?length=1", UriKind.Relative));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (post.StatusCode, get.StatusCode));
        Assert.False(post.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Post_NoSeed_Is503WithRetryAfter()
    {
        await using var empty = new EntropyPool(); // never harvests
        await using var host = await RandomHost.StartAsync(empty);

        using var answer = await PostAsync(host.Client, "/", "challenge=abc");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        Assert.DoesNotContain("ddaf35a1", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string form, string? type = Form)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(form));
        if (type is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return await client.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage answer, string message)
    {
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(body.RootElement.GetProperty("success").GetBoolean());
        Assert.Contains(message, body.RootElement.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Does not tell its length, so that the form comes in chunks.</summary>
    private sealed class UnknownLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
