using System.Text;
using Microsoft.AspNetCore.Http;
using OpenEntropy.Server.Errors;
using Xunit;

namespace OpenEntropy.Server.Tests.Errors;

public sealed class ErrorBodyTests
{
    [Fact]
    public async Task WriteAsync_NoAccept_WritesTheServiceShape()
    {
        var context = Request("GET", accept: null);

        await ErrorBody.WriteAsync(context, 400, "length must be between 1 and 65536", "length");

        Assert.Equal(400, context.Response.StatusCode);
        Assert.Equal("application/json", context.Response.ContentType);
        Assert.Equal("""{"success":false,"message":"length must be between 1 and 65536"}""", Body(context));
        Assert.Equal(Body(context).Length, context.Response.ContentLength);
        Assert.False(context.Response.Headers.ContainsKey("Retry-After"));
    }

    [Theory]
    [InlineData("application/problem+json")]
    [InlineData("application/octet-stream, Application/Problem+JSON;q=0.5")]
    public async Task WriteAsync_ProblemAccepted_WritesProblemDetails(string accept)
    {
        var context = Request("GET", accept);

        await ErrorBody.WriteAsync(context, 400, "size must be 1", "size");

        Assert.Equal("application/problem+json", context.Response.ContentType);
        Assert.Equal(
            """{"type":"about:blank","title":"Bad Request","status":400,"detail":"size must be 1","field":"size"}""",
            Body(context)
        );
    }

    [Theory]
    [InlineData("application/problem+json;q=0")]
    [InlineData("application/problem+json;;;q")]
    [InlineData("text/html")]
    public async Task WriteAsync_ProblemNotAccepted_WritesTheServiceShape(string accept)
    {
        var context = Request("GET", accept);

        await ErrorBody.WriteAsync(context, 404, "no such route");

        Assert.Equal("application/json", context.Response.ContentType);
    }

    [Fact]
    public async Task WriteAsync_Head_WritesHeadersAlone()
    {
        var context = Request("HEAD", accept: null);

        await ErrorBody.WriteAsync(context, 405, "use GET");

        Assert.Equal(405, context.Response.StatusCode);
        Assert.Equal("""{"success":false,"message":"use GET"}""".Length, context.Response.ContentLength);
        Assert.Equal("", Body(context));
    }

    [Theory]
    [InlineData(0, "1")]
    [InlineData(999, "1")]
    [InlineData(1000, "1")]
    [InlineData(1001, "2")]
    [InlineData(61_500, "62")]
    public async Task WriteAsync_RetryAfter_IsWholeSecondsRoundedUp(int milliseconds, string expected)
    {
        var context = Request("GET", accept: null);

        await ErrorBody.WriteAsync(context, 503, "no seed yet", retryAfter: TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(expected, context.Response.Headers.RetryAfter.ToString());
    }

    [Fact]
    public async Task WriteAsync_HostileMessage_StaysOneJsonString()
    {
        var context = Request("GET", accept: null);

        await ErrorBody.WriteAsync(context, 400, "unknown parameter '\"</script>\u0001'");

        using var document = System.Text.Json.JsonDocument.Parse(Body(context));
        Assert.Equal("unknown parameter '\"</script>\u0001'", document.RootElement.GetProperty("message").GetString());
        Assert.StartsWith("{\"success\":false,\"message\":\"unknown parameter '\\\"<", Body(context), StringComparison.Ordinal);
    }

    private static DefaultHttpContext Request(string method, string? accept)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Headers.Accept = accept;
        context.Response.Body = new MemoryStream();
        return context;
    }

    private static string Body(HttpContext context) => Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
}
