using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Logging.Abstractions;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Tests.Streaming;
using Xunit;

namespace OpenEntropy.Server.Tests.Errors;

/// <summary>What becomes of an answer that is broken off, by what else could tell its client that it is not whole.</summary>
public sealed class BrokenOffAnswersTests : IDisposable
{
    private static readonly EntropyRefusal s_dry = new(RefusalReason.PoolDry, "dry", TimeSpan.FromSeconds(1));

    private readonly PipedResponse _response = new();
    private readonly BrokenOffCounts _counts = new();

    public void Dispose() => _response.Dispose();

    [Theory]
    [InlineData("HTTP/1.1", false)]
    [InlineData("HTTP/1.1", true)]
    [InlineData("HTTP/1.0", true)]
    [InlineData("HTTP/2", false)]
    public async Task Invoke_BrokenOffWhereItsFrameTells_IsLeftToTheWebServer(string protocol, bool hasLength)
    {
        await Assert.ThrowsAsync<BrokenOffException>(() => BreakOffAsync(protocol, hasLength));

        Assert.False(_response.IsAborted);
        Assert.Equal(1, CountOf("/numbers", "pool_dry"));
    }

    [Fact]
    public async Task Invoke_BrokenOffWhereTheCloseIsTheEnd_IsAborted()
    {
        await BreakOffAsync("HTTP/1.0", hasLength: false);

        Assert.True(_response.IsAborted);
        Assert.Equal(1, CountOf("/numbers", "pool_dry"));
    }

    private Task BreakOffAsync(string protocol, bool hasLength)
    {
        var context = _response.Context;
        context.Request.Protocol = protocol;
        context.SetEndpoint(new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/numbers"), 0, null, null));
        return new JsonErrors(Answer, new BrokenOffAnswers(_counts), new RefusalCounts(), NullLogger<JsonErrors>.Instance).InvokeAsync(
            context
        );

        async Task Answer(HttpContext asked)
        {
            asked.Response.ContentLength = hasLength ? 10 : null;
            await asked.Response.StartAsync();
            throw new BrokenOffException(s_dry);
        }
    }

    private long CountOf(string route, string reason) => Assert.Single(_counts.Routes, each => each.Route == route).Reasons[reason];
}
