using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using OpenEntropy.Server.Tests.Errors;
using Xunit;

namespace OpenEntropy.Server.Tests.Randomness;

/// <summary>Each body of the route over TCP: what chooses it, and that neither compression nor ranges nor conditions change it.</summary>
public sealed class FormatTests(ListeningServices services) : IClassFixture<ListeningServices>
{
    private const string Json = "application/json";
    private const string Bytes = "application/octet-stream";
    private const string Text = "text/plain; charset=utf-8";

    [Theory]
    [InlineData("length=300", Json)]
    [InlineData("length=300&format=json&type=uint8", Json)]
    [InlineData("length=300&format=bytes", Bytes)]
    [InlineData("length=300&format=hex", Text)]
    [InlineData("length=301&format=base64", Text)]
    [InlineData("length=300&format=lines&type=uint16", Text)]
    public async Task Get_Format_HoldsSoManyDecodableValues(string query, string type)
    {
        using var answer = await SendAsync(query);
        var body = await answer.Content.ReadAsStringAsync();

        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        var format = query.Contains("format=", StringComparison.Ordinal) ? query.Split("format=")[1].Split('&')[0] : "json";
        var count = format switch
        {
            "json" => JsonDocument.Parse(body).RootElement.GetProperty("data").GetArrayLength(),
            "hex" => Convert.FromHexString(body).Length,
            "base64" => Convert.FromBase64String(body).Length,
            "lines" => body.TrimEnd('\n').Split('\n').Select(line => ushort.Parse(line, NumberStyles.None)).Count(),
            _ => (await answer.Content.ReadAsByteArrayAsync()).Length,
        };
        Assert.Equal(query.Contains("301", StringComparison.Ordinal) ? 301 : 300, count);
        Assert.DoesNotContain('\r', format == "bytes" ? "" : body);
    }

    [Theory]
    [InlineData("*/*", "", Json)]
    [InlineData("application/octet-stream", "", Bytes)]
    [InlineData("text/plain", "", Text)]
    [InlineData("text/plain, application/octet-stream;q=0.9", "", Text)]
    [InlineData("image/png", "", Json)]
    [InlineData("application/octet-stream", "&format=json", Json)]
    [InlineData("application/json", "&format=bytes", Bytes)]
    [InlineData("application/json", "&format=base64", Text)]
    [InlineData("application/octet-stream", "&format=lines&type=uint8", Text)]
    public async Task Get_AcceptAndFormat_FormatWins(string accept, string format, string type)
    {
        using var answer = await SendAsync("length=3" + format, ("Accept", accept));

        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
    }

    [Theory]
    [InlineData("format=json")]
    [InlineData("format=lines")]
    [InlineData("format=bytes")]
    [InlineData("format=hex")]
    [InlineData("format=base64")]
    public async Task Get_EncodingsRangesAndConditions_AreIgnoredAndBytesAreFresh(string query)
    {
        (string, string)[] headers =
        [
            ("Accept-Encoding", "gzip, deflate, br, zstd"),
            ("Range", "bytes=0-9"),
            ("If-Range", "\"x\""),
            ("If-None-Match", "*"),
            ("If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT"),
        ];
        using var plain = await SendAsync("length=64&" + query);
        using var first = await SendAsync("length=64&" + query, headers);
        using var second = await SendAsync("length=64&" + query, headers);

        var bodies = new HashSet<string>(StringComparer.Ordinal);
        foreach (var answer in new[] { plain, first, second })
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("none", string.Join(',', answer.Headers.AcceptRanges));
            Assert.Empty(answer.Content.Headers.ContentEncoding);
            Assert.Null(answer.Content.Headers.ContentRange);
            Assert.Null(answer.Headers.ETag);
            Assert.Empty(answer.Headers.Vary);
            Assert.Equal(plain.Content.Headers.ContentLength, answer.Content.Headers.ContentLength);
            Assert.True(bodies.Add(Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync()))); // equal once in 2^512
        }
    }

    [Theory]
    [InlineData("format=json")]
    [InlineData("format=lines")]
    [InlineData("format=bytes")]
    [InlineData("format=hex")]
    [InlineData("format=base64")]
    public async Task Head_EveryFormat_HasTheHeadersOfGetAndNoBody(string query)
    {
        using var get = await SendAsync("length=64&" + query);
        using var head = await SendAsync(HttpMethod.Head, "length=64&" + query);

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(
            get.Content.Headers.Select(header => (header.Key, string.Join(',', header.Value))),
            head.Content.Headers.Select(header => (header.Key, string.Join(',', header.Value)))
        );
        Assert.Equal("none", string.Join(',', head.Headers.AcceptRanges));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    private Task<HttpResponseMessage> SendAsync(string query, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, query, headers);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string query, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient { Timeout = ServerFactory.Patience };
        using var request = new HttpRequestMessage(method, new Uri(services.Shipped, "/api/v1/random?" + query));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request);
    }
}
