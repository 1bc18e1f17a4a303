using System.Collections.Concurrent;
using OpenEntropy.Server.Metrics;
using Xunit;

namespace OpenEntropy.Server.Tests.Metrics;

public sealed class SharedWorkTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task DoAsync_ManyWhileTheWorkIsDone_ShareItAndNoneIsHeldUp()
    {
        using var begun = new SemaphoreSlim(0);
        using var end = new ManualResetEventSlim();
        var (done, threads) = (0, new ConcurrentBag<int>());
        var work = new SharedWork<int>(() =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            begun.Release();
            Assert.True(end.Wait(s_patience));
            return Interlocked.Increment(ref done);
        });
        var first = Task.Run(() => work.DoAsync());
        Assert.True(await begun.WaitAsync(s_patience));

        // All on this thread: were one of them held up, this would not go on.
        var others = Enumerable.Range(0, 1000).Select(_ => work.DoAsync()).ToList();
        Assert.All(others, other => Assert.False(other.IsCompleted));
        end.Set();

        Assert.Equal(1, await first.WaitAsync(s_patience));
        Assert.All(await Task.WhenAll(others).WaitAsync(s_patience), result => Assert.Equal(1, result));
        Assert.Single(threads);
        Assert.Equal(2, await work.DoAsync().WaitAsync(s_patience));
    }

    [Fact]
    public async Task DoAsync_AboutSomethingElse_IsNotWhatIsUnderWay()
    {
        using var begun = new SemaphoreSlim(0);
        using var end = new ManualResetEventSlim();
        var calls = 0;
        var work = new SharedWork<int>(() =>
        {
            var call = Interlocked.Increment(ref calls);
            if (call == 1)
            {
                begun.Release();
                Assert.True(end.Wait(s_patience));
            }

            return call;
        });
        var first = Task.Run(() => work.DoAsync(about: 7));
        Assert.True(await begun.WaitAsync(s_patience));

        Assert.Equal(2, await work.DoAsync(about: 8).WaitAsync(s_patience));
        end.Set();

        Assert.Equal(1, await first.WaitAsync(s_patience));
    }

    [Fact]
    public async Task DoAsync_WorkThatFails_FailsForThoseWhoAskedAndIsTriedAgain()
    {
        var calls = 0;
        var work = new SharedWork<int>(() => ++calls == 1 ? throw new InvalidOperationException("scripted") : calls);

        await Assert.ThrowsAsync<InvalidOperationException>(() => work.DoAsync());
        Assert.Equal(2, await work.DoAsync());
    }
}
