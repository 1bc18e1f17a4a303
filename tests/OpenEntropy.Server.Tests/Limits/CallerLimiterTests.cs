using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Security;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Limits;

/// <summary>What the way through the limits costs a request in memory, and that every one leaves, however it ends.</summary>
public sealed class CallerLimiterTests
{
    private const int Requests = 10_000;
    private static readonly LimitAnswer s_answer = new(new LimitCounts(), NullLogger<LimitAnswer>.Instance);

    [Theory]
    [InlineData("127.0.0.1", 0)]
    [InlineData("192.0.2.1", 128)]
    [InlineData("2001:db8::1", 512)]
    public void Invoke_ByACallerThatIsKnown_MakesNothingButItsNameAndTheNumberInTheHeader(string address, int most)
    {
        using var accounts = new CallerAccounts(Options.Create(new LimitsOptions { Burst = 2 * Requests }), new ManualTimeProvider());
        var answered = 0;
        var limiter = new CallerLimiter(
            _ =>
            {
                answered++;
                return Task.CompletedTask;
            },
            accounts,
            s_answer
        );
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
        Ask(100);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Ask(Requests);

        var after = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(100 + Requests, answered);
        Assert.InRange((after - before) / Requests, 0, most);

        void Ask(int times)
        {
            for (var i = 0; i < times; i++)
            {
                Assert.True(limiter.InvokeAsync(context).IsCompletedSuccessfully);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Invoke_HandlerThrows_LeavesAccountAndStream(bool later)
    {
        using var accounts = Accounts(new LimitsOptions { Streams = 1 });
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var limiter = new CallerLimiter(
            _ => later ? ThrowLaterAsync(gate.Task) : throw new TimeZoneNotFoundException(),
            accounts,
            s_answer
        );

        for (var i = 0; i < 3; i++)
        {
            var context = Streaming();
            var answered = Record.ExceptionAsync(() => limiter.InvokeAsync(context));
            if (later && i == 0)
            {
                Assert.Equal((1, 1), UnderWay(context));
            }

            gate.TrySetResult();
            Assert.IsType<TimeZoneNotFoundException>(await answered);
            Assert.Equal((0, 0), UnderWay(context));
        }
    }

    [Fact]
    public async Task Invoke_HeadersCannotBeWritten_LeavesAccountAndStream()
    {
        using var accounts = Accounts(new LimitsOptions { Streams = 1, Burst = 2 }); // so few are told of
        var limiter = new CallerLimiter(_ => Task.CompletedTask, accounts, s_answer);
        var context = Streaming();
        context.Features.Set<IHttpResponseFeature>(new NoHeaders());

        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => limiter.InvokeAsync(context));

        var account = accounts.Enter(context.Caller())!;
        Assert.Equal((1, 0), (account.UnderWay, account.Streams));
    }

    [Fact]
    public async Task Invoke_RequestIsRefused_LeavesAccountAndStream()
    {
        using var accounts = Accounts(new LimitsOptions { Streams = 1, Burst = 1 });
        var limiter = new CallerLimiter(_ => Task.CompletedTask, accounts, s_answer);
        var context = Streaming();
        await limiter.InvokeAsync(context);

        await limiter.InvokeAsync(context);

        Assert.Equal(StatusCodes.Status429TooManyRequests, context.Response.StatusCode);
        Assert.Equal((0, 0), UnderWay(context));
    }

    private static CallerAccounts Accounts(LimitsOptions options) => new(Options.Create(options), new ManualTimeProvider());

    private static DefaultHttpContext Streaming()
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse("192.0.2.1") } };
        context.SetEndpoint(
            new Endpoint(requestDelegate: null, new EndpointMetadataCollection(new StreamingMetadata()), displayName: null)
        );
        return context;
    }

    private static async Task ThrowLaterAsync(Task gate)
    {
        await gate;
        throw new TimeZoneNotFoundException();
    }

    private static (int, int) UnderWay(HttpContext context)
    {
        var account = context.Features.Get<CallerAccount>()!;
        return (account.UnderWay, account.Streams);
    }

    private sealed class NoHeaders : HttpResponseFeature, IHttpResponseFeature
    {
        IHeaderDictionary IHttpResponseFeature.Headers
        {
            get => throw new TimeZoneNotFoundException();
            set => throw new TimeZoneNotFoundException();
        }
    }
}
