using OpenEntropy.Server.Randomness;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Randomness;

public sealed class RatePaceTests
{
    private readonly ManualTimeProvider _time = new();

    public static TheoryData<long, int> Rates =>
        new()
        {
            { 1, 1 },
            { 1, 3 },
            { 7, 1 },
            { 59, 3 },
            { 1000, 1 },
            { 65_537, 3 },
            { 10_000_019, 1 },
            { 1L << 30, 3 },
        };

    [Theory]
    [MemberData(nameof(Rates))]
    public async Task Spend_ByWhoIsAlwaysHungry_IsNeverMoreThanTheRateAndNeverLessInTheLongRun(long rate, int unit)
    {
        var pace = new RatePace(rate, unit, _time);
        var spends = await Task.Run(() => SpendAsync(pace, 1000, _ => 0));

        // Int128: nothing of the test's own arithmetic may round either.
        foreach (var (at, spent) in spends)
        {
            var earned = (Int128)(at - spends[0].At) * rate;
            var burst = (Int128)pace.Burst * TimeSpan.TicksPerSecond;
            Assert.InRange(spent * TimeSpan.TicksPerSecond, earned - burst, earned + burst);
        }
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public async Task Spend_AfterIdleTimes_IsInAnyStretchAtMostTheRateAndABurst(long rate, int unit)
    {
        var pace = new RatePace(rate, unit, _time);
        var spends = await Task.Run(() =>
            SpendAsync(pace, 400, i => ScriptedNoiseSource.Lively(i) is var idle and < 250 ? idle : 100_000_000)
        );

        for (var from = 1; from < spends.Count; from++)
        {
            for (var to = from; to < spends.Count; to++)
            {
                var earned = (Int128)(spends[to].At - spends[from].At) * rate;
                var spent = spends[to].Spent - spends[from - 1].Spent;
                Assert.True(spent * TimeSpan.TicksPerSecond <= earned + ((Int128)pace.Burst * TimeSpan.TicksPerSecond));
            }
        }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 3, 3)]
    [InlineData(1000, 1, 50)]
    [InlineData(1L << 30, 1, 53_687_091)]
    public void Most_IsATwentiethOfASecondOrAUnit(long rate, int unit, int most) =>
        Assert.Equal((most, 2 * most), (new RatePace(rate, unit, _time).Most, new RatePace(rate, unit, _time).Burst));

    [Fact]
    public async Task WaitAsync_Ended_EndsAtOnce()
    {
        using var ended = new CancellationTokenSource();
        var pace = new RatePace(1, 1, _time);
        pace.Spend(1);
        var wait = pace.WaitAsync(1, ended.Token).AsTask();
        Assert.False(wait.IsCompleted);

        await ended.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Assert.Equal(0, _time.PendingTimers);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData((1L << 30) + 1, 1)]
    [InlineData(-1, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 65_537)]
    public void New_OutOfRange_Throws(long rate, int unit) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RatePace(rate, unit, _time));

    [Fact]
    public Task WaitAsync_MoreThanAtOnce_Throws() =>
        Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => new RatePace(100, 1, _time).WaitAsync(6, CancellationToken.None).AsTask());

    /// <summary>Spends again and again, after an idle time each; the clock moves a millisecond at a time.</summary>
    /// <returns>The moments, and what was spent in all up to each; the first is the start.</returns>
    /// <remarks>Away from the tests' synchronization context, so that whoever waits goes on before the clock moves again.</remarks>
    private async Task<List<(long At, Int128 Spent)>> SpendAsync(RatePace pace, int times, Func<int, long> idle)
    {
        List<(long At, Int128 Spent)> spends = [(_time.GetTimestamp(), 0)];
        for (var i = 0; i < times; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(idle(i)));
            var length = (int)Math.Clamp(ScriptedNoiseSource.Lively(i + 1000) * (long)pace.Most / 200, 1, pace.Most);
            var wait = pace.WaitAsync(length, CancellationToken.None).AsTask();
            while (!wait.IsCompleted)
            {
                _time.Advance(TimeSpan.FromMilliseconds(1));
            }

            await wait;
            pace.Spend(length);
            spends.Add((_time.GetTimestamp(), spends[^1].Spent + length));
        }

        return spends;
    }
}
