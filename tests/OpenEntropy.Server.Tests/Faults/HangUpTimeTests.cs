using System.Diagnostics;
using System.Net;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Faults;

/// <summary>
/// How long the service works for a client that is gone, over TCP. A machine that is busy with other things may come to it late now and then: of five
/// times or more, less than half may be late.
/// </summary>
public sealed class HangUpTimeTests
{
    private const int Least = 5;
    private const int Most = 41;

    private static readonly TimeSpan s_bound = TimeSpan.FromMilliseconds(100);

    [Theory]
    [InlineData("random?format=bytes&length=1000000000", 300_000)]
    [InlineData("random?format=hex&length=1000000000", 0)]
    [InlineData("random?type=uint8&length=4000000", 100_000)]
    [InlineData("stream", 100_000)]
    [InlineData("stream?rate=1", 1)]
    [InlineData("stream?rate=1000&format=base64", 100)]
    [InlineData("random?format=bytes&length=1000000&rate=10", 1)]
    [InlineData("random?raw=true&source=silent&type=uint8&length=8&timeout=30", 0)]
    [InlineData("stream?raw=true&source=silent&timeout=30", 0)]
    public Task HangUp_InMidAnswer_EndsTheRequestWithin100Milliseconds(string answer, int readBefore) =>
        AssertAsync(answer, readBefore, dry: false);

    [Theory]
    [InlineData("random?conditioning=limited&format=bytes&length=4800&timeout=30")]
    [InlineData("random?conditioning=limited&type=uint8&length=4800&timeout=30")]
    [InlineData("random?fresh=true&type=uint8&length=4800&timeout=30")]
    [InlineData("integers?min=1&max=6&count=4000&conditioning=limited&timeout=30")]
    [InlineData("stream?conditioning=limited&timeout=30")]
    public Task HangUp_WhileThePoolIsDry_EndsTheRequestWithin100Milliseconds(string answer) =>
        AssertAsync(answer, readBefore: 0, dry: true);

    private static async Task AssertAsync(string answer, int readBefore, bool dry)
    {
        using var release = new ManualResetEventSlim();
        await using var factory = Create(release);
        using var ready = await factory.CreateReadyClientAsync();
        if (dry)
        {
            await DrainAsync(factory, ready);
        }

        var late = 0;
        var times = new List<double>();
        while (times.Count < Least || (2 * late >= times.Count && times.Count < Most))
        {
            var time = await MeasureAsync(factory, ready.BaseAddress!, answer, readBefore);
            late += time < s_bound ? 0 : 1;
            times.Add(Math.Round(time.TotalMilliseconds, 1));
        }

        release.Set();
        Assert.True(
            2 * late < times.Count,
            $"milliseconds from the end of the connection to the end of the request: {string.Join(", ", times)}"
        );
        Assert.Empty(factory.Logs.Errors);
    }

    private static async Task<TimeSpan> MeasureAsync(ServerFactory factory, Uri address, string answer, int readBefore)
    {
        var before = factory.Requests.Started;
        using var client = new RawClient();
        await client.AskAsync(address, $"/api/v1/{answer}");
        await client.SkipAsync(readBefore);
        await ServerFactory.UntilAsync(() => Task.FromResult(factory.Requests.Started > before));
        Assert.False(factory.Requests.IsIdle, "the request was over before its client was gone");

        var gone = Stopwatch.GetTimestamp();
        client.HangUp();
        await ServerFactory.UntilAsync(() => Task.FromResult(factory.Requests.IsIdle));
        return Stopwatch.GetElapsedTime(gone, factory.Requests.LastEnded);
    }

    private static ServerFactory Create(ManualResetEventSlim release)
    {
        var silent = new ScriptedNoiseSource("silent", Block);
        return new ServerFactory(
            ("OpenEntropy:Randomness:AllowRaw", "true"),
            ("OpenEntropy:Randomness:MaxLength", "4194304"),
            ("OpenEntropy:Pool:Capacity", "128")
        )
        {
            Sources = [new("a"), new("b"), silent],
            SendBuffer = 4096,
        }.OnKestrel();

        byte Block(long position)
        {
            if (position == 1)
            {
                release.Wait();
            }

            return ScriptedNoiseSource.Lively(position);
        }
    }

    // The sources go, and then what the pool holds.
    private static async Task DrainAsync(ServerFactory factory, HttpClient client)
    {
        foreach (var source in factory.Sources)
        {
            source.Failure = new InvalidOperationException("unplugged");
        }

        await client.UntilStateAsync("a", "failed");
        await client.UntilStateAsync("b", "failed");
        for (var status = HttpStatusCode.OK; status == HttpStatusCode.OK; )
        {
            using var taken = await client.GetAsync(
                new Uri("/api/v1/random?conditioning=limited&format=bytes&length=48", UriKind.Relative)
            );
            status = taken.StatusCode;
        }
    }
}
