using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using OpenEntropy.Server.Errors;
using Xunit;

namespace OpenEntropy.Server.Tests.Errors;

public sealed class JsonErrorsTests : IDisposable
{
    private readonly DefaultHttpContext _context = new();
    private readonly MemoryStream _body = new();
    private readonly RefusalCounts _refusals = new();

    public JsonErrorsTests() => _context.Response.Body = _body;

    public void Dispose() => _body.Dispose();

    private string Body => Encoding.UTF8.GetString(_body.ToArray());

    [Fact]
    public async Task Invoke_Answered_LeavesTheBodyAndForbidsStoring()
    {
        await Run(context => context.Response.WriteAsync("hello"));

        Assert.Equal("hello", Body);
        Assert.Equal("no-store", _context.Response.Headers.CacheControl);
        Assert.Equal("nosniff", _context.Response.Headers.XContentTypeOptions);
    }

    [Fact]
    public async Task Invoke_WrongMethod_SaysWhichAreRight()
    {
        await Run(context =>
        {
            context.Response.StatusCode = 405;
            context.Response.Headers.Allow = "GET, HEAD";
            return Task.CompletedTask;
        });

        Assert.Equal("""{"success":false,"message":"this route takes GET, HEAD"}""", Body);
        Assert.Equal("GET, HEAD", _context.Response.Headers.Allow);
        Assert.Equal("application/json", _context.Response.ContentType);
    }

    [Fact]
    public async Task Invoke_HandlerThrows_TellsNothingOfIt()
    {
        await Run(context =>
        {
            context.Response.Headers.ETag = "half an answer";
            throw new InvalidOperationException("a secret");
        });

        Assert.Equal(500, _context.Response.StatusCode);
        Assert.Equal("""{"success":false,"message":"the service failed to answer; its log tells why"}""", Body);
        Assert.Equal("no-store", _context.Response.Headers.CacheControl);
        Assert.Equal("nosniff", _context.Response.Headers.XContentTypeOptions);
        Assert.Empty(_context.Response.Headers.ETag.ToString());
    }

    [Fact]
    public async Task Invoke_BadRequestFromTheServer_KeepsItsStatus()
    {
        await Run(_ => throw new BadHttpRequestException("the body is too large", 413));

        Assert.Equal(413, _context.Response.StatusCode);
        Assert.Equal("""{"success":false,"message":"the body is too large"}""", Body);
    }

    [Fact]
    public async Task Invoke_ClientGone_AnswersNothing()
    {
        using var gone = new CancellationTokenSource();
        _context.RequestAborted = gone.Token;

        await Run(_ =>
        {
            gone.Cancel();
            throw new OperationCanceledException(gone.Token);
        });

        Assert.Equal("", Body);
    }

    [Theory]
    [InlineData(400, "bad_request")]
    [InlineData(404, "not_found")]
    [InlineData(418, "other")]
    [InlineData(429, "too_many_requests")]
    [InlineData(500, "failed")]
    [InlineData(503, "busy")]
    public async Task Invoke_Refused_IsCountedByItsStatus(int status, string reason)
    {
        await Run(context => ErrorBody.WriteAsync(context, status, "no"));

        Assert.Equal(KeyValuePair.Create(("none", reason), 1L), Assert.Single(_refusals.All, each => each.Value > 0));
    }

    [Fact]
    public async Task Invoke_ThePoolGaveNothing_IsCountedByItsReason()
    {
        await Run(context => ErrorBody.WriteAsync(context, new EntropyRefusal(RefusalReason.PoolDry, "too few", TimeSpan.FromSeconds(2))));

        Assert.Equal(503, _context.Response.StatusCode);
        Assert.Equal("2", _context.Response.Headers.RetryAfter);
        Assert.Equal(KeyValuePair.Create(("none", "pool_dry"), 1L), Assert.Single(_refusals.All, each => each.Value > 0));
    }

    [Fact]
    public async Task Invoke_Answered_IsNoRefusal()
    {
        await Run(context => context.Response.WriteAsync("hello"));

        Assert.DoesNotContain(_refusals.All, each => each.Value > 0);
    }

    private Task Run(RequestDelegate handler) =>
        new JsonErrors(handler, new BrokenOffAnswers(new BrokenOffCounts()), _refusals, NullLogger<JsonErrors>.Instance).InvokeAsync(
            _context
        );
}
