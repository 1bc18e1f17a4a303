using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OpenEntropy.Server.Limits;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Limits;

/// <summary>What the way through the limits costs a request in memory.</summary>
public sealed class CallerLimiterTests
{
    private const int Requests = 10_000;

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
            new LimitAnswer(new LimitCounts(), NullLogger<LimitAnswer>.Instance)
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
}
