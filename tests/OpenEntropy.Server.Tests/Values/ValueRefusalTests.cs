using System.Net;
using System.Text;
using System.Text.Json;
using OpenEntropy.Server.Values;
using Xunit;

namespace OpenEntropy.Server.Tests.Values;

/// <summary>What the routes answer to parameters that are none, before a byte is drawn.</summary>
public sealed class ValueRefusalTests : IAsyncLifetime
{
    private const string WholeNumber = "-9223372036854775808 and 9223372036854775807";
    private const string Items = "items must be between 1 and 10000 items of 1 to 256 characters";

    private readonly EntropyPool _pool = new(); // never harvests
    private ValueHost _host = null!;

    public async Task InitializeAsync() => _host = await ValueHost.StartAsync(_pool);

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _pool.DisposeAsync();
    }

    [Theory]
    [InlineData("floats?count=0", "count must be a plain whole number between 1 and 65536")]
    [InlineData("floats?count=65537", "count must be a plain whole number between 1 and 65536")]
    [InlineData("floats?count=", "count must be a plain whole number between 1 and 65536")]
    [InlineData("floats?count", "count must be a plain whole number between 1 and 65536")]
    [InlineData("floats?count=-1", "count must be a plain whole number between 1 and 65536")]
    [InlineData("floats?count=+1", "count must be a plain whole number between 1 and 65536")]
    [InlineData("floats?count=%2B1", "count must be a plain whole number between 1 and 65536")]
    [InlineData("floats?count=1.0", "count must be a plain whole number between 1 and 65536")]
    [InlineData("floats?count=01", "count must be a plain whole number between 1 and 65536")]
    [InlineData("floats?count=1e3", "count must be a plain whole number between 1 and 65536")]
    [InlineData("floats?count=0x10", "count must be a plain whole number between 1 and 65536")]
    [InlineData("floats?count=1%0A", "count must be a plain whole number between 1 and 65536")]
    [InlineData("floats?count=%D9%A1", "count must be a plain whole number between 1 and 65536")]
    [InlineData("floats?count=1000000000000000000000000000000", "count must be a plain whole number between 1 and 65536")]
    [InlineData("floats?count=1&count=1", "count must be given once")]
    [InlineData("floats?c%6Funt=1&count=1", "count must be given once")]
    [InlineData("floats?Count=1", "unknown parameter 'Count': known are count, conditioning, fresh, timeout, format, proof")]
    [InlineData("floats?length=1", "unknown parameter 'length': known are count, conditioning, fresh, timeout, format, proof")]
    [InlineData("floats?raw=true", "unknown parameter 'raw': known are count, conditioning, fresh, timeout, format, proof")]
    [InlineData("floats?count=%ff", "the query string must be percent-encoded UTF-8")]
    [InlineData("floats?conditioning=raw", "conditioning must be drbg or limited")]
    [InlineData("floats?conditioning=DRBG", "conditioning must be drbg or limited")]
    [InlineData("floats?conditioning=", "conditioning must be drbg or limited")]
    [InlineData("floats?fresh=1", "fresh must be true or false")]
    [InlineData("floats?fresh=True", "fresh must be true or false")]
    [InlineData("floats?fresh=true&conditioning=limited", "fresh must be false unless conditioning=drbg: only a generator is reseeded")]
    [InlineData("floats?timeout=31", "timeout must be a plain whole number between 0 and 30")]
    [InlineData("floats?timeout=-1", "timeout must be a plain whole number between 0 and 30")]
    [InlineData("floats?format=bytes", "format must be json or lines")]
    [InlineData("floats?format=text", "format must be json or lines")]
    [InlineData("floats?proof=yes", "proof must be true or false")]
    [InlineData("floats?proof=true&format=lines", "proof must be false unless format=json: lines have no room for it")]
    [InlineData("integers", "min must be given: a whole number between " + WholeNumber)]
    [InlineData("integers?min=0", "max must be given: a whole number between 0 and 9223372036854775807")]
    [InlineData("integers?min=2&max=1", "max must be a plain whole number between 2 and 9223372036854775807")]
    [InlineData("integers?min=-0&max=1", "min must be a plain whole number between " + WholeNumber)]
    [InlineData("integers?min=-01&max=1", "min must be a plain whole number between " + WholeNumber)]
    [InlineData("integers?min=--1&max=1", "min must be a plain whole number between " + WholeNumber)]
    [InlineData("integers?min=-9223372036854775809&max=1", "min must be a plain whole number between " + WholeNumber)]
    [InlineData("integers?min=0&max=9223372036854775808", "max must be a plain whole number between 0 and 9223372036854775807")]
    [InlineData("integers?min=0&max=1.5", "max must be a plain whole number between 0 and 9223372036854775807")]
    [InlineData("sequence?min=1&max=6&count=7", "count must be between 1 and 6, the number of values from min to max")]
    [InlineData("sequence?max=6", "min must be given: a whole number between " + WholeNumber)]
    [InlineData("gaussians?mean=1e3", GaussianMean)]
    [InlineData("gaussians?mean=NaN", GaussianMean)]
    [InlineData("gaussians?mean=.5", GaussianMean)]
    [InlineData("gaussians?mean=1,5", GaussianMean)]
    [InlineData("gaussians?mean=1000000000000.1", GaussianMean)]
    [InlineData("gaussians?mean=0.1234567890123456", GaussianMean)]
    [InlineData("gaussians?deviation=0", GaussianDeviation)]
    [InlineData("gaussians?deviation=0.0", GaussianDeviation)]
    [InlineData("gaussians?deviation=-1", GaussianDeviation)]
    [InlineData("gaussians?deviation=", GaussianDeviation)]
    [InlineData("uuids?version=1", "version must be 4 or 7")]
    [InlineData("uuids?version=", "version must be 4 or 7")]
    [InlineData("strings?length=0", "length must be a plain whole number between 1 and 1024")]
    [InlineData("strings?length=1025", "length must be a plain whole number between 1 and 1024")]
    [InlineData("strings?alphabet=", "alphabet must have between 2 and 1024 characters")]
    [InlineData("strings?alphabet=a", "alphabet must have between 2 and 1024 characters")]
    [InlineData("strings?alphabet=aba", "alphabet must hold no character twice")]
    [InlineData("strings?alphabet=a%0Ab&format=lines", "alphabet must hold no line break with format=lines")]
    [InlineData("bytes?length=1025", "length must be a plain whole number between 1 and 1024")]
    [InlineData("bytes?encoding=HEX", "encoding must be hex, base64 or base64url")]
    [InlineData("shuffle", "items must be given: between 1 and 10000 items of 1 to 256 characters, separated by commas")]
    [InlineData("shuffle?items=", Items)]
    [InlineData("shuffle?items=a,,b", Items)]
    [InlineData("shuffle?items=a,b&count=3", "count must be between 1 and 2, the number of items")]
    [InlineData("shuffle?items=a%0D,b&format=lines", "items must hold no line break with format=lines")]
    [InlineData("choice?weights=1", "items must be given: between 1 and 10000 items of 1 to 256 characters, separated by commas")]
    [InlineData("choice?items=a,b&weights=1", "weights must be as many as the items, 2, separated by commas")]
    [InlineData("choice?items=a,b&weights=1,0", "weights must be plain whole numbers between 1 and 1000000000, separated by commas")]
    [InlineData("choice?items=a,b&weights=1,1.5", "weights must be plain whole numbers between 1 and 1000000000, separated by commas")]
    [InlineData("choice?items=a,b&weights=1,", "weights must be plain whole numbers between 1 and 1000000000, separated by commas")]
    public async Task Get_BadParameter_Is400InTheServiceShape(string address, string message)
    {
        using var answer = await _host.Client.GetAsync("/api/v1/" + address);

        await AssertRefusedAsync(answer, HttpStatusCode.BadRequest, message);
    }

    private const string GaussianMean =
        "mean must be a plain decimal number from -1000000000000 to 1000000000000, with at most 15 digits on either side of the point";

    private const string GaussianDeviation =
        "deviation must be a plain decimal number above 0 and at most 1000000000000, with at most 15 digits on either side of the point";

    [Theory]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("\"a\"")]
    [InlineData("[1]")]
    [InlineData("[null]")]
    [InlineData("[[\"a\"]]")]
    [InlineData("[\"a\",]")]
    [InlineData("[\"a\"")]
    [InlineData("[\"\"]")]
    [InlineData("[\"\\ud800\"]")]
    public async Task Post_BodyThatIsNoListOfItems_Is400(string body)
    {
        using var answer = await PostAsync("/api/v1/choice", body, "application/json");

        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.EndsWith(
            "between 1 and 10000 items of 1 to 256 characters",
            json.RootElement.GetProperty("message").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Post_ItemsAtTheLimits_AreTakenOrRefused()
    {
        var longest = new string('x', ItemList.LongestItem);
        var most = string.Join(',', Enumerable.Repeat("\"a\"", ItemList.Most));

        using var fits = await PostAsync("/api/v1/choice", $"[\"{longest}\"]", "application/json");
        using var tooLong = await PostAsync("/api/v1/choice", $"[\"{longest}x\"]", "application/json");
        using var many = await PostAsync("/api/v1/choice", $"[{most}]", "application/json");
        using var tooMany = await PostAsync("/api/v1/choice", $"[{most},\"a\"]", "application/json");

        // 503: this pool has no seed, but the request stands.
        Assert.Equal(
            [HttpStatusCode.ServiceUnavailable, HttpStatusCode.BadRequest, HttpStatusCode.ServiceUnavailable, HttpStatusCode.BadRequest],
            [fits.StatusCode, tooLong.StatusCode, many.StatusCode, tooMany.StatusCode]
        );
    }

    [Fact]
    public async Task Post_ItemsInTheQueryAsWell_AreRefused()
    {
        using var answer = await PostAsync("/api/v1/shuffle?items=a", "[\"a\"]", "application/json");

        await AssertRefusedAsync(
            answer,
            HttpStatusCode.BadRequest,
            "unknown parameter 'items': known are count, conditioning, fresh, timeout, format, proof"
        );
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Post_OtherBody_Is415(string type)
    {
        using var answer = await PostAsync("/api/v1/shuffle", "[\"a\"]", type);

        await AssertRefusedAsync(answer, HttpStatusCode.UnsupportedMediaType, "the body must be application/json");
    }

    [Theory]
    [InlineData("POST", "integers", "GET HEAD")]
    [InlineData("DELETE", "shuffle", "GET HEAD POST")]
    public async Task Send_OtherMethod_Is405ThatNamesTheAllowed(string method, string route, string allowed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1/" + route);
        using var answer = await _host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(allowed, string.Join(' ', answer.Content.Headers.Allow.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Get_ProblemAccepted_NamesTheField()
    {
        _host.Client.DefaultRequestHeaders.Add("Accept", "application/problem+json");

        using var answer = await _host.Client.GetAsync("/api/v1/integers?min=0&max=x");

        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("max", body.RootElement.GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("integers?min=1&max=6")]
    [InlineData("integers?min=1&max=1")]
    [InlineData("floats?conditioning=limited")]
    [InlineData("floats?fresh=true")]
    [InlineData("floats?format=lines")]
    public async Task Get_NoSeed_Is503WithRetryAfter(string address)
    {
        using var answer = await _host.Client.GetAsync("/api/v1/" + address);
        using var head = await _host.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/api/v1/" + address));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (answer.StatusCode, head.StatusCode));
        Assert.True(answer.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString());
    }

    private async Task<HttpResponseMessage> PostAsync(string address, string body, string type)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        return await _host.Client.PostAsync(address, content);
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string message)
    {
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(message, body.RootElement.GetProperty("message").GetString());
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString());
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(body.RootElement.GetProperty("success").GetBoolean());
    }
}
