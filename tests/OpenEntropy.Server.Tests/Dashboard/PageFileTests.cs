using System.Net;
using System.Net.Http.Headers;
using OpenEntropy.Server.Dashboard;
using Xunit;

namespace OpenEntropy.Server.Tests.Dashboard;

/// <summary>The page's files, through the public door.</summary>
public sealed class PageFileTests : IAsyncLifetime
{
    private const string Markup = "<img src=x onerror=alert(1)>";

    private readonly ServerFactory _factory = new()
    {
        Sources = [new("scripted_a"), new("scripted_b"), new("scripted_c"), new(Markup) { Unavailable = "there is no <b>device</b>" }],
    };
    private HttpClient _client = null!;

    public static TheoryData<string> Files => [.. Names];

    private static IEnumerable<string> Names => PageFiles.Names.Where(name => name.StartsWith("page/", StringComparison.Ordinal));

    public async Task InitializeAsync() => _client = await _factory.CreateReadyClientAsync();

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _factory.DisposeAsync();
    }

    [Fact]
    public async Task Get_Root_IsThePageWithATableOfTheSourcesInWhichNothingIsMarkup()
    {
        using var answer = await _client.GetAsync(new Uri("/", UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Null(answer.Headers.ETag);
        AssertPageHeaders(answer);
        Assert.Contains("<th scope=\"row\">scripted_a</th>", text, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", text, StringComparison.Ordinal);
        Assert.Contains("there is no &lt;b&gt;device&lt;/b&gt;", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Markup, text, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--sources-->", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/?length=2&type=uint8")]
    [InlineData("/?type=uint8")]
    public async Task Get_RootWithLengthOrType_IsStillTheNumbers(string path)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.ToString());
        Assert.Contains("\"type\":\"uint8\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task Post_Root_IsStillPollinates()
    {
        using var form = new FormUrlEncodedContent([new("challenge", "a")]);
        using var answer = await _client.PostAsync(new Uri("/", UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(2, (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Get_EveryFile_HasItsTypeItsTagAndThePolicy(string name)
    {
        var file = new PageFiles().Find(name)!;
        using var answer = await _client.GetAsync(new Uri("/" + name, UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(file.ContentType, answer.Content.Headers.ContentType?.ToString());
        Assert.NotEqual("application/octet-stream", file.ContentType);
        Assert.Equal(file.Content, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("no-cache", answer.Headers.CacheControl?.ToString());
        Assert.Equal((file.ETag, false), (answer.Headers.ETag?.Tag, answer.Headers.ETag?.IsWeak));
        AssertPageHeaders(answer);

        using var head = await _client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/" + name));
        Assert.Equal((HttpStatusCode.OK, file.Content.Length), (head.StatusCode, (int)head.Content.Headers.ContentLength!));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("W/{0}")]
    [InlineData("\"other\", {0}")]
    [InlineData("*")]
    public async Task Get_FileThatIsKnown_Is304WithoutIt(string condition)
    {
        var name = Names.First();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/" + name);
        request.Headers.TryAddWithoutValidation("If-None-Match", condition.Replace("{0}", new PageFiles().Find(name)!.ETag));
        using var answer = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        Assert.NotNull(answer.Headers.ETag);
    }

    [Fact]
    public async Task Get_FileThatHasChanged_IsSent()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/" + Names.First());
        request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"other\""));
        using var answer = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("/page/")]
    [InlineData("/page/none.js")]
    [InlineData("/page/../index.html")]
    [InlineData("/page/..%2Findex.html")]
    [InlineData("/page/index.html")]
    public async Task Get_NoFile_Is404AsEverywhere(string path)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.StartsWith("{\"success\":false", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/b.js", "text/javascript; charset=utf-8")]
    [InlineData("b.css", "text/css; charset=utf-8")]
    [InlineData("b.svg", "image/svg+xml")]
    [InlineData("LICENSE", "text/plain; charset=utf-8")]
    [InlineData("b.bin", "application/octet-stream")]
    public void Of_Name_TellsTheType(string name, string type) => Assert.Equal(type, PageFile.Of(name, [1]).ContentType);

    [Fact]
    public void Of_Content_TellsTheTag()
    {
        Assert.Equal(PageFile.Of("a.js", [1]).ETag, PageFile.Of("b.js", [1]).ETag);
        Assert.NotEqual(PageFile.Of("a.js", [1]).ETag, PageFile.Of("a.js", [2]).ETag);
    }

    private static void AssertPageHeaders(HttpResponseMessage answer)
    {
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            answer.Headers.GetValues("Content-Security-Policy").Single()
        );
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
    }
}
