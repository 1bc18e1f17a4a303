using OpenEntropy.Server.Limits;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Limits;

public sealed class TokenBucketTests
{
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(400, 200)]
    [InlineData(7, 1_000_000)]
    public void TryTake_AnyTime_GivesNoMoreThanCapacityAndWhatWasEarned(int capacity, int perSecond)
    {
        var bucket = new TokenBucket(capacity, perSecond, TimeSpan.FromSeconds(1), _time);
        long taken = 0;
        for (var step = 1; step <= 200; step++)
        {
            while (bucket.TryTake(1, out _) is null)
            {
                taken++;
            }

            // As many as may be, and at most one short of it for what was rounded.
            var most = capacity + (0.01 * (step - 1) * perSecond);
            Assert.InRange(taken, Math.Floor(Math.Min(most, capacity + (step - 1.0) * Math.Min(capacity, 0.01 * perSecond))) - 1, most);
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public void TryTake_AfterTheTimeItSaid_Takes(int tokens)
    {
        var bucket = new TokenBucket(10, 3, TimeSpan.FromSeconds(1), _time);
        Assert.Null(bucket.TryTake(10, out var level));
        Assert.Equal(new BucketLevel(0, 4), level);

        var wait = bucket.TryTake(tokens, out _)!.Value;
        _time.Advance(wait - TimeSpan.FromTicks(1));
        Assert.NotNull(bucket.TryTake(tokens, out _));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(bucket.TryTake(tokens, out _));
    }

    [Fact]
    public void TryTake_MoreThanItEverHolds_IsInVain() =>
        Assert.Equal(TimeSpan.MaxValue, new TokenBucket(10, 3, TimeSpan.FromSeconds(1), _time).TryTake(11, out _));

    [Fact]
    public void FindWait_AsOftenAsOneLikes_TakesNothing()
    {
        var bucket = new TokenBucket(10, 1, TimeSpan.FromSeconds(1), _time);

        for (var i = 0; i < 100; i++)
        {
            Assert.Null(bucket.FindWait(10, out var level));
            Assert.Equal(10, level.Left);
        }

        Assert.True(bucket.IsFull);
        Assert.Null(bucket.TryTake(10, out _));
        Assert.Equal(TimeSpan.FromSeconds(4), bucket.FindWait(4, out _));
    }

    [Fact]
    public void Charge_MoreThanThereIs_IsOwed()
    {
        var bucket = new TokenBucket(10, 1, TimeSpan.FromSeconds(1), _time);

        bucket.Charge(13);

        Assert.Equal(TimeSpan.FromSeconds(4), bucket.TryTake(1, out var level));
        Assert.Equal(new BucketLevel(0, 13), level);
    }

    [Fact]
    public void Charge_Fewer_GivesBackAndNeverMoreThanItHolds()
    {
        var bucket = new TokenBucket(10, 1, TimeSpan.FromSeconds(1), _time);
        Assert.Null(bucket.TryTake(10, out _));

        bucket.Charge(-4);
        Assert.Null(bucket.FindWait(4, out _));
        Assert.NotNull(bucket.FindWait(5, out _));
        bucket.Charge(-100);

        Assert.True(bucket.IsFull);
        Assert.Null(bucket.TryTake(10, out _));
        Assert.NotNull(bucket.TryTake(1, out _));
    }

    [Fact]
    public async Task TryTake_ManyAtOnce_GiveExactlyWhatItHolds()
    {
        var bucket = new TokenBucket(10_000, 1, TimeSpan.FromSeconds(1), _time);

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(Take)));

        Assert.Equal(10_000, taken.Sum());

        int Take()
        {
            var count = 0;
            while (bucket.TryTake(1, out var _) is null)
            {
                count++;
            }

            return count;
        }
    }

    [Fact]
    public void TryTake_ADaysWorthOfBytes_NeverOverflows()
    {
        foreach (var perDay in new[] { 1, 1000, 1L << 36, 1L << 50 })
        {
            var bucket = new TokenBucket(perDay, perDay, TimeSpan.FromDays(1), TimeProvider.System);

            Assert.Null(bucket.TryTake(perDay, out var level));
            Assert.InRange(level.SecondsToFull, 86_399, 86_401);
            Assert.NotNull(bucket.TryTake(perDay, out _));
        }
    }
}
