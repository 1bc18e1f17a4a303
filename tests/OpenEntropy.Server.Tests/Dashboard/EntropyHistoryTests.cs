using OpenEntropy.Health;
using OpenEntropy.Server.Dashboard;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Dashboard;

public sealed class EntropyHistoryTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly ManualTimeProvider _time = new();
    private readonly EntropyHistory _history;

    public EntropyHistoryTests() => _history = new EntropyHistory(_time);

    [Theory]
    [InlineData(5, 1, 300)]
    [InlineData(15, 5, 180)]
    [InlineData(60, 5, 720)]
    [InlineData(360, 30, 720)]
    [InlineData(1440, 120, 720)]
    public void Read_Span_HasItsStepsAndEndsNow(int minutes, int step, int points)
    {
        _time.Advance(TimeSpan.FromHours(2));
        Add(6);

        var body = _history.Read(minutes, source: null);

        Assert.Equal((step, points, points), (body.StepSeconds, body.Time.Count, body.Raw.Shannon.Count));
        Assert.Equal(points, body.Conditioned.Collision.Count);
        Assert.InRange(_time.GetUtcNow().ToUnixTimeSeconds() - body.Time[^1], 0, step - 1);
        Assert.All(body.Time.Zip(body.Time.Skip(1)), pair => Assert.Equal(step, pair.Second - pair.First));
        Assert.Equal(6, body.Raw.Shannon[^1]!.Value, 3);
        Assert.All(body.Raw.Shannon.SkipLast(1), Assert.Null);
    }

    [Fact]
    public void Read_OlderPoints_AreMeansOfTheirSeconds()
    {
        for (var second = 0; second < 10; second++)
        {
            Add(
                second < 5 ? 2
                : second == 5 ? 7
                : 5
            );
            _time.Advance(s_second);
        }

        var shannon = _history.Read(15, source: null).Raw.Shannon;

        Assert.Null(shannon[^1]); // the slot that has just begun
        Assert.Equal((7 + 4 * 5) / 5.0, shannon[^2]!.Value, 3);
        Assert.Equal(2, shannon[^3]!.Value, 3);
        Assert.Null(shannon[^4]);
    }

    [Fact]
    public void Read_SecondsWithoutAccounts_AreGaps()
    {
        Add(3);
        _time.Advance(2 * s_second);
        Add(4);

        Assert.Equal([3, null, 4], Rounded(_history.Read(5, source: null).Raw.Shannon.TakeLast(3)));
    }

    [Fact]
    public void Read_ManyTurnsOfTheRing_HoldsTheLatestAlone()
    {
        for (var second = 0; second < 700; second++)
        {
            Add(second < 500 ? 1 : 5);
            _time.Advance(s_second);
        }

        var shannon = _history.Read(5, source: null).Raw.Shannon;

        Assert.All(shannon.Take(99), each => Assert.Equal(1, each!.Value, 3));
        Assert.All(shannon.Skip(99).SkipLast(1), each => Assert.Equal(5, each!.Value, 3));
    }

    [Fact]
    public void Read_LongSilence_ForgetsWhatWasBefore()
    {
        Add(3);
        _time.Advance(TimeSpan.FromMinutes(70));

        Assert.All(_history.Read(60, source: null).Raw.Shannon, Assert.Null);
        Assert.Single(_history.Read(1440, source: null).Raw.Shannon, each => each is not null);
        _time.Advance(TimeSpan.FromDays(30));
        Add(4);
        Assert.Single(_history.Read(1440, source: null).Raw.Shannon, each => each is not null);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Read_WallClockThatJumps_MovesNoPoint(int direction)
    {
        Add(3);
        _time.Advance(s_second);
        _time.WallStep = direction * TimeSpan.FromDays(400);
        Add(4);
        _time.Advance(s_second);
        Add(5);

        var body = _history.Read(5, source: null);

        Assert.Equal([3, 4, 5], Rounded(body.Raw.Shannon.TakeLast(3)));
        Assert.Equal(_time.GetUtcNow().ToUnixTimeSeconds(), body.Time[^1]);
        Assert.Equal(299, body.Time[^1] - body.Time[0]);
    }

    [Fact]
    public void Read_OneSource_IsItsOwnAndHasGapsWhereItWasNotHealthy()
    {
        Add(6);
        _time.Advance(s_second);
        _history.Add(SampleStatus.Pool(sources: [Source("a", 6, SourceState.Failed), Source("b", 2)]), drawn: null);
        _time.Advance(s_second);
        _history.Add(SampleStatus.Pool(sources: [Source("a", 7), Source("b", 3)]), new Entropies(7.5, 7, 7.25));

        var (a, whole) = (_history.Read(5, "a"), _history.Read(5, source: null));

        Assert.Equal("a", a.Source);
        Assert.Equal([6, null, 7], Rounded(a.Raw.Shannon.TakeLast(3)));
        Assert.Equal([6, 2, 5], Rounded(whole.Raw.Shannon.TakeLast(3)));
        Assert.Equal([4.5, null, 4.5], Rounded(a.Raw.Min.TakeLast(3)));
        Assert.Equal([null, null, 7.5], Rounded(a.Conditioned.Shannon.TakeLast(3)));
        Assert.All(_history.Read(5, "none").Raw.Shannon, Assert.Null);
    }

    [Fact]
    public void Add_MoreSourcesThanAnyMachineHas_TakesNoMoreThanItMay()
    {
        _history.Add(SampleStatus.Pool(sources: [.. Enumerable.Range(0, 500).Select(i => Source($"s{i}", 3))]), drawn: null);

        Assert.InRange(_history.Bytes, 1_400_000, 1_500_000);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1e-4)]
    [InlineData(7.9999)]
    [InlineData(8.0)]
    public void Add_WholeRange_IsKeptToFourDigits(double entropy)
    {
        Add(entropy);

        Assert.InRange(_history.Read(5, source: null).Raw.Shannon[^1]!.Value, entropy - 2e-4, entropy + 2e-4);
    }

    private static IEnumerable<double?> Rounded(IEnumerable<double?> values) =>
        values.Select(value => value is { } known ? Math.Round(known, 3) : (double?)null);

    private static EntropySourceStatus Source(string name, double shannon, SourceState state = SourceState.Healthy) =>
        SampleStatus.Source(name, state) with
        {
            ShannonEntropy = shannon,
        };

    private void Add(double shannon) => _history.Add(SampleStatus.Pool(sources: Source("a", shannon)), drawn: null);
}
