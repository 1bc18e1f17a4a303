using System.Reflection;
using System.Text;
using OpenEntropy.Drbg;
using OpenEntropy.Pool;
using OpenEntropy.Server.Dashboard;
using OpenEntropy.Server.Tests.Faults;
using Xunit;

namespace OpenEntropy.Server.Tests.Dashboard;

/// <summary>The bytes that the page shows.</summary>
public sealed class PageOutputTests : IAsyncLifetime
{
    private readonly HubBench _bench = new HubBench().Seeded();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public void Draw_Bytes_AreOutputOfCallsOfTheirOwnAndNoPartOfAnyState()
    {
        var output = _bench.Get<PageOutput>();
        var shown = new ShownBytes();
        var before = _bench.Pool.Status;
        var states = new List<string>();
        for (var i = 0; i < 200; i++)
        {
            if (i % 10 == 0)
            {
                AddStates(states); // a generate call replaces what it was made from: looked at before, and after the last
            }

            var bytes = Convert.FromHexString(output.Draw()!);
            Assert.Equal(32, bytes.Length);
            shown.Add(bytes);
        }

        var after = _bench.Pool.Status;
        Assert.Equal(200, after.GenerateCalls - before.GenerateCalls);
        Assert.Equal(200 * 32, after.DrbgBytes - before.DrbgBytes);
        Assert.Equal(output.Drawn, after.DrbgBytes - before.DrbgBytes);
        AddStates(states);
        Assert.True(states.Distinct(StringComparer.Ordinal).Count() > 20, "the generators' states were not found");
        Assert.All(states, state => Assert.Null(shown.FindIn(state)));
    }

    [Fact]
    public void Draw_Bytes_ComeAgainInNoOtherOutput()
    {
        var output = _bench.Get<PageOutput>();
        var shown = new ShownBytes();
        var others = new byte[65_536];
        for (var i = 0; i < 100; i++)
        {
            shown.Add(Convert.FromHexString(output.Draw()!));
            _bench.Pool.GetBytes(others.AsSpan(i * 64, 64));
        }

        _bench.Pool.GetBytes(others.AsSpan(6400));
        Assert.Null(shown.FindIn(Convert.ToHexString(others)));
    }

    [Fact]
    public void Measure_Bytes_AreEntropiesOf4096OfTheirOwnAndNotShown()
    {
        var output = _bench.Get<PageOutput>();
        Assert.Null(output.Entropies);
        var before = _bench.Pool.Status.DrbgBytes;

        output.Measure();

        Assert.Equal((4096, 4096), (_bench.Pool.Status.DrbgBytes - before, output.Drawn));
        var entropies = output.Entropies!.Value;
        Assert.InRange(entropies.Shannon, 7.8, 8);
        Assert.InRange(entropies.Collision, entropies.Min, entropies.Shannon);
    }

    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 61)]
    public void Measure_EachSecond_DrawsAsOftenAsIsWorthWhile(bool isWatched, int measurements)
    {
        var output = _bench.Get<PageOutput>();
        output.IsWatched = isWatched;
        for (var second = 0; second <= 60; second++)
        {
            output.Measure();
            output.Measure(); // two who take the accounts at once
            Assert.NotNull(output.Entropies);
            _bench.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(measurements * 4096, output.Drawn);
    }

    [Fact]
    public async Task Measure_NotReady_DrawsNothingAndAsksForNothing()
    {
        await using var bench = new HubBench();
        var output = bench.Get<PageOutput>();

        output.Measure();

        Assert.Null(output.Draw());
        Assert.Null(output.Entropies);
        Assert.Equal((0, 0), (bench.Pool.Status.GenerateCalls, output.Drawn));
    }

    [Fact]
    public void Measure_SeedTooOld_KnowsNothingAnyMore()
    {
        var output = _bench.Get<PageOutput>();
        output.Measure();
        var drawn = output.Drawn;

        _bench.Time.Advance(new DrbgOptions().MaximumSeedAge + TimeSpan.FromTicks(1));
        output.Measure();

        Assert.Null(output.Entropies);
        Assert.Equal(drawn, output.Drawn);
    }

    [Fact]
    public void Entropies_RefusedRightAfterAMeasurement_AreUnknownUntilOutputGoesOn()
    {
        var output = _bench.Get<PageOutput>();
        output.Measure();
        Assert.NotNull(output.Entropies);

        _bench.Pool.StopOutput("the self-test ctr-drbg failed");
        _bench.Get<StatusFeed>().Add(_bench.Pool.Status);

        Assert.Null(output.Entropies);
        Assert.DoesNotContain(_bench.Get<EntropyHistory>().Read(minutes: 5, source: null).Conditioned.Shannon, point => point is not null);
    }

    [Fact]
    public void Add_NobodyWatches_HasAPointOfOutputEachSecond()
    {
        var feed = _bench.Get<StatusFeed>();
        for (var second = 0; second <= 60; second++)
        {
            feed.Add(_bench.Pool.Status);
            _bench.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var points = _bench.Get<EntropyHistory>().Read(minutes: 5, source: null).Conditioned.Shannon;
        Assert.Equal(61, points.Count(point => point is > 7.8));
        Assert.Equal(3 * 4096, _bench.Get<PageOutput>().Drawn);
    }

    private void AddStates(List<string> states)
    {
        var now = Secrets().Select(memory => Encoding.Latin1.GetString(memory.Span)).ToList();
        Assert.True(now.Count > 2, "neither pool nor generators were found");
        states.AddRange(now);
    }

    /// <summary>Every locked memory that the pool's parts hold: seed blocks, and the generators' keys and counters.</summary>
    private IEnumerable<LockedMemory> Secrets()
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var next = new Queue<object>([_bench.Pool.Parts]);
        while (next.TryDequeue(out var each))
        {
            if (!seen.Add(each))
            {
                continue;
            }

            if (each is LockedMemory memory)
            {
                yield return memory;
            }
            else if (each is Array array)
            {
                foreach (var item in array.Cast<object?>().OfType<object>())
                {
                    next.Enqueue(item);
                }
            }
            else if (each.GetType().Namespace?.StartsWith("OpenEntropy", StringComparison.Ordinal) == true)
            {
                foreach (var field in each.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
                {
                    if (!field.FieldType.IsPointer && !field.FieldType.IsValueType && field.GetValue(each) is { } value)
                    {
                        next.Enqueue(value);
                    }
                }
            }
        }
    }
}
