using Microsoft.Extensions.Options;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Security;
using OpenEntropy.Server.Values;
using Xunit;

namespace OpenEntropy.Server.Tests.Randomness;

public sealed class AnswerMemoryTests
{
    private const long Mebi = 1 << 20;

    private static readonly Caller s_greedy = new(CallerKind.Anonymous, "192.0.2.1");
    private static readonly Caller s_modest = new(CallerKind.Key, "k1");

    [Fact]
    public void TryHold_MoreThanIsLeft_IsRefusedAndTakesNothing()
    {
        var memory = Make(maxJsonBytes: 1 << 20);
        var first = Hold(memory, s_greedy, 8 * Mebi);
        Hold(memory, Another(1), 7 * Mebi);

        Assert.Equal(AnswerMemory.Refusal, FindRefusal(memory, s_modest, Mebi + 1));
        Assert.Equal(15 * Mebi, memory.Held);
        Hold(memory, s_modest, Mebi);

        first.Dispose();
        first.Dispose();
        Assert.Equal(8 * Mebi, memory.Held);
    }

    [Fact]
    public void TryHold_GreedyBesideModest_GreedyHoldsHalfAndModestHasRoomForTheLargest()
    {
        var memory = Make(maxJsonBytes: 1 << 20);
        List<HeldMemory> greedy = [];
        while (FindRefusal(memory, s_greedy, Mebi, greedy) is null) { }

        Assert.Equal(memory.Limit / 2, memory.Held);
        Assert.Equal(AnswerMemory.ShareRefusal, FindRefusal(memory, s_greedy with { }, AnswerMemory.Free + 1)); // the same caller, known anew
        var largest = Hold(memory, s_modest, LargestOf(1 << 20));
        Assert.Equal(AnswerMemory.ShareRefusal, FindRefusal(memory, s_greedy, Mebi));

        // What it gives back it may have again only as far as it leaves as much to the others.
        greedy[0].Dispose();
        Assert.Equal(AnswerMemory.ShareRefusal, FindRefusal(memory, s_greedy, Mebi));
        largest.Dispose();
        Hold(memory, s_greedy, Mebi);
        Assert.Equal(memory.Limit / 2, memory.Held);
    }

    [Fact]
    public void TryHold_CallersThatTakeAllTheyGetInTurns_EachLeavesAsMuchAsItHolds()
    {
        var memory = Make(maxJsonBytes: 1 << 20);
        var callers = Enumerable.Range(0, 3).Select(Another).ToList();
        while (callers.FindAll(caller => FindRefusal(memory, caller, AnswerMemory.Free + 1) is null) is not []) { }

        // A fourth each, but for one answer, and as much is left for who comes.
        Assert.InRange(memory.Limit - memory.Held, memory.Limit / 4, (memory.Limit / 4) + (4 * AnswerMemory.Free));
        Hold(memory, s_modest, memory.Limit / 4);
    }

    [Fact]
    public async Task TryHold_WhileOthersAskForTooMuch_RefusesNothingThatFits()
    {
        var memory = Make(maxJsonBytes: 1 << 20);
        using var ready = new Barrier(2);
        var done = false;
        var greedy = Task.Run(() =>
        {
            ready.SignalAndWait();
            for (var i = 0; i < 500_000 && !Volatile.Read(ref done); i++)
            {
                Assert.Equal(AnswerMemory.Refusal, FindRefusal(memory, s_greedy, memory.Limit + 1));
            }
        });
        var modest = Task.Run(() =>
        {
            ready.SignalAndWait();
            for (var i = 0; i < 250_000; i++)
            {
                Hold(memory, s_modest, memory.Limit).Dispose();
            }

            Volatile.Write(ref done, true);
        });

        await Task.WhenAll(greedy, modest);
        Assert.Equal(0, memory.Held);
    }

    [Fact]
    public void TryHold_LittleWhileNothingIsLeft_IsNotCounted()
    {
        var memory = Make(maxJsonBytes: 1 << 20);
        Hold(memory, s_greedy, memory.Limit);

        var held = Hold(memory, s_greedy, AnswerMemory.Free);
        Assert.NotNull(FindRefusal(memory, s_modest, AnswerMemory.Free + 1));
        held.Dispose();
        Assert.Equal(memory.Limit, memory.Held);
    }

    [Fact]
    public void SetTo_LessThanWasTaken_LeavesTheRestToOthers()
    {
        var memory = Make(maxJsonBytes: 1 << 20);
        var held = Hold(memory, s_greedy, memory.Limit);

        held.SetTo(100_000);
        Assert.Equal(100_000, memory.Held);
        held.SetTo(AnswerMemory.Free);
        Assert.Equal(0, memory.Held);
        held.SetTo(2 * Mebi);
        held.Dispose();
        Assert.Equal(0, memory.Held);
        Hold(memory, s_greedy, memory.Limit); // nothing of it stands against its caller
    }

    [Theory]
    [InlineData(2048)]
    [InlineData(65_536)]
    [InlineData(4 << 20)]
    [InlineData(1 << 26)]
    public void Limit_AnyOptions_HasRoomForTwoOfTheLargestAnswers(int maxJsonBytes)
    {
        var memory = Make(maxJsonBytes);

        Hold(memory, s_greedy, LargestOf(maxJsonBytes));
        Hold(memory, s_modest, LargestOf(maxJsonBytes));
    }

    // Bytes in an array of twice their length at most, and four times the text.
    private static long LargestOf(int maxJsonBytes) =>
        PooledBytes.RentedLength(maxJsonBytes + 1L) + ValueText.HeldFor((4L * maxJsonBytes) + 2);

    private static Caller Another(int number) => new(CallerKind.Anonymous, $"198.51.100.{number}");

    private static HeldMemory Hold(AnswerMemory memory, Caller caller, long bytes)
    {
        Assert.True(memory.TryHold(caller, bytes, out var held, out var refusal), refusal);
        return held;
    }

    /// <summary>Why it is refused; null where it is not, and then it is held.</summary>
    private static string? FindRefusal(AnswerMemory memory, Caller caller, long bytes, List<HeldMemory>? all = null)
    {
        if (memory.TryHold(caller, bytes, out var held, out var refusal))
        {
            all?.Add(held);
        }

        return refusal;
    }

    private static AnswerMemory Make(int maxJsonBytes) => new(Options.Create(new RandomnessOptions { MaxJsonBytes = maxJsonBytes }));
}
