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

    private Task Run(RequestDelegate handler) =>
        new JsonErrors(handler, new BrokenOffAnswers(new BrokenOffCounts()), NullLogger<JsonErrors>.Instance).InvokeAsync(_context);
}
