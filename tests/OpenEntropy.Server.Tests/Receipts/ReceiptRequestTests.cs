using System.Net;
using System.Text.Json;
using Xunit;

namespace OpenEntropy.Server.Tests.Receipts;

/// <summary>When there is a receipt, and when none.</summary>
public sealed class ReceiptRequestTests : ReceiptPoolTests
{
    private const string Jose = "application/jose+json";

    [Theory]
    [InlineData("receipt=false", null, "application/json", false)]
    [InlineData("", null, "application/json", false)]
    [InlineData("", "*/*", "application/json", false)]
    [InlineData("", "application/*", "application/json", false)]
    [InlineData("format=json", Jose, "application/json", false)]
    [InlineData("format=json&receipt=true", Jose, "application/json", true)]
    [InlineData("receipt=true", Jose, Jose, true)]
    [InlineData("type=uint8", "application/jose+json, application/json;q=0.5", Jose, true)]
    [InlineData("type=uint8", "application/jose+json;q=0.5, application/json", "application/json", false)]
    [InlineData("type=uint8", "application/octet-stream, application/jose+json;q=0.5", "refused", false)]
    public async Task Get_Negotiated_HasAReceiptOnlyWhereAskedFor(string query, string? accept, string type, bool expected)
    {
        await using var host = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Route}?length=4&{query}");
        if (accept is not null)
        {
            request.Headers.Add("Accept", accept);
        }

        using var answer = await host.Client.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();

        if (type == "refused")
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            return;
        }

        Assert.Equal(type, answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(
            expected,
            body.Contains("\"receipt\"", StringComparison.Ordinal) || body.Contains("\"signature\"", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("receipt=true&format=bytes", null, "receipt must be false unless the body is JSON: only there is a place for it")]
    [InlineData("receipt=true&format=hex", null, "receipt must be false unless the body is JSON: only there is a place for it")]
    [InlineData("receipt=true&format=base64", null, "receipt must be false unless the body is JSON: only there is a place for it")]
    [InlineData("receipt=true&format=lines", null, "receipt must be false unless the body is JSON: only there is a place for it")]
    [InlineData("receipt=true", "application/octet-stream", "receipt must be false unless the body is JSON: only there is a place for it")]
    [InlineData("receipt=false", Jose, "receipt must be true or left out with application/jose+json, which is a receipt")]
    [InlineData("receipt=1", null, "receipt must be true or false")]
    [InlineData("receipt=", null, "receipt must be true or false")]
    [InlineData("receipt=TRUE", null, "receipt must be true or false")]
    [InlineData("receipt=true&receipt=true", null, "receipt must be given once")]
    public async Task Get_ReceiptThatCannotBe_Is400WithTheField(string query, string? accept, string message)
    {
        await using var host = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Route}?{query}");
        request.Headers.TryAddWithoutValidation("Accept", $"{accept ?? "application/json"}, application/problem+json");

        using var answer = await host.Client.SendAsync(request);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("receipt", problem.RootElement.GetProperty("field").GetString());
        Assert.Equal(message, problem.RootElement.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Get_WithoutReceipt_MakesNoIdentity()
    {
        await using var host = await StartAsync();

        await host.Client.GetStringAsync(Route);

        Assert.Empty(Stored);
    }

    [Theory]
    [InlineData(ReceiptHost.Route + "?receipt=true")]
    [InlineData(ReceiptHost.Identity)]
    public async Task Head_Receipt_MakesNeitherReceiptNorKeyAndDrawsNothing(string path)
    {
        await using var host = await StartAsync();
        var before = Pool.Status.DrbgBytes;
        using var request = new HttpRequestMessage(HttpMethod.Head, path);

        using var answer = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null(answer.Content.Headers.ContentLength);
        Assert.Empty(Stored);
        Assert.Equal(before, Pool.Status.DrbgBytes);
    }

    [Theory]
    [InlineData("GET", ReceiptHost.Route + "?receipt=true")]
    [InlineData("HEAD", ReceiptHost.Route + "?receipt=true")]
    [InlineData("GET", ReceiptHost.Identity)]
    [InlineData("HEAD", ReceiptHost.Identity)]
    public async Task Send_NoSeed_Is503WithRetryAfterAndMakesNoIdentity(string method, string path)
    {
        await using var empty = new EntropyPool(); // never harvests
        await using var host = await ReceiptHost.StartAsync(empty, Storage);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.True(answer.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
        Assert.Empty(Stored);
    }

    [Fact]
    public async Task Get_IdentityWithAParameter_Is400()
    {
        await using var host = await StartAsync();

        using var answer = await host.Client.GetAsync(ReceiptHost.Identity + "?kid=x");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
