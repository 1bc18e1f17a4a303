using System.Reflection;
using System.Text;
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
        Assert.Equal(4096 + 199 * 32, after.DrbgBytes - before.DrbgBytes);
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
    public void Entropies_OfAWindow_AreThoseOf4096Bytes()
    {
        var output = _bench.Get<PageOutput>();
        Assert.Null(output.Entropies);

        output.Draw();

        var entropies = output.Entropies!.Value;
        Assert.InRange(entropies.Shannon, 7.8, 8);
        Assert.InRange(entropies.Collision, entropies.Min, entropies.Shannon);
        output.Forget();
        Assert.Null(output.Entropies);
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
